#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Loads a Facet plugin through the C contract alone, as a host in another language would.

usage: call_plugin.py PLUGIN.so [--data DIR]

Reads the entry table, creates and initialises an instance with a log and a settings service, and destroys it.
With --data it also activates on that data folder (the gateway off) and asks GET /fhir/metadata. Prints what it
found; exits 1 with one line if the contract is broken.
"""
import ctypes as c
import sys

OK, NOT_FOUND, TOO_SMALL = 0, 4, 5


class Error(c.Structure):
    _fields_ = [("message", c.c_char * 512)]


class Bytes(c.Structure):
    _fields_ = [("data", c.c_void_p), ("size", c.c_size_t)]


class Pair(c.Structure):
    _fields_ = [("name", c.c_char_p), ("value", c.c_char_p)]


class Host(c.Structure):
    pass


GetService = c.CFUNCTYPE(c.c_void_p, c.POINTER(Host), c.c_char_p)
Host._fields_ = [("struct_size", c.c_uint32), ("abi_minor", c.c_uint32), ("host_data", c.c_void_p),
                 ("name", c.c_char_p), ("version", c.c_char_p), ("get_service", GetService)]
LogWrite = c.CFUNCTYPE(None, c.POINTER(Host), c.c_int32, c.c_char_p)
ConfigGet = c.CFUNCTYPE(c.c_int32, c.POINTER(Host), c.c_char_p, c.POINTER(c.c_char), c.POINTER(c.c_size_t))


class Log(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("write", LogWrite)]


class Config(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("get", ConfigGet)]


class Principal(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("user_id", c.c_char_p), ("roles", c.POINTER(c.c_char_p))]


class Request(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("method", c.c_char_p), ("path", c.c_char_p),
                ("query", c.POINTER(Pair)), ("headers", c.POINTER(Pair)), ("query_count", c.c_size_t),
                ("header_count", c.c_size_t), ("body", Bytes), ("principal", c.POINTER(Principal)),
                ("remote", c.c_char_p), ("purpose", c.c_char_p)]


class Response(c.Structure):
    pass


Begin = c.CFUNCTYPE(c.c_int32, c.POINTER(Response), c.c_uint16)
Header = c.CFUNCTYPE(c.c_int32, c.POINTER(Response), c.c_char_p, c.c_char_p)
Write = c.CFUNCTYPE(c.c_int32, c.POINTER(Response), Bytes)
Flush = c.CFUNCTYPE(c.c_int32, c.POINTER(Response))
Response._fields_ = [("struct_size", c.c_uint32), ("host_data", c.c_void_p), ("begin", Begin),
                     ("header", Header), ("write", Write), ("flush", Flush)]


class Plugin(c.Structure):
    pass


Life = c.CFUNCTYPE(c.c_int32, c.POINTER(Plugin), c.POINTER(Error))
Handle = c.CFUNCTYPE(c.c_int32, c.POINTER(Plugin), c.POINTER(Request), c.POINTER(Response))
End = c.CFUNCTYPE(None, c.POINTER(Plugin))
GetExtension = c.CFUNCTYPE(c.c_void_p, c.POINTER(Plugin), c.c_char_p)
Plugin._fields_ = [("struct_size", c.c_uint32), ("plugin_data", c.c_void_p), ("init", Life), ("activate", Life),
                   ("handle_request", Handle), ("deactivate", End), ("destroy", End),
                   ("get_extension", GetExtension)]
Create = c.CFUNCTYPE(c.c_int32, c.POINTER(Host), c.POINTER(c.POINTER(Plugin)), c.POINTER(Error))


class Entry(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("abi_minor", c.c_uint32), ("id", c.c_char_p), ("name", c.c_char_p),
                ("version", c.c_char_p), ("required_services", c.POINTER(c.c_char_p)), ("create", Create)]


def fail(text):
    sys.exit("call_plugin.py: " + text)


def make_host(settings):
    """The host's tables, and what must stay alive with them."""

    def get(_host, key, buffer, size):
        value = settings.get(key.decode())
        if value is None:
            return NOT_FOUND
        raw = value.encode() + b"\0"
        capacity, size[0] = size[0], len(raw)
        if not buffer or capacity < len(raw):
            return TOO_SMALL
        c.memmove(buffer, raw, len(raw))
        return OK

    log = Log(c.sizeof(Log), LogWrite(lambda _h, level, text: print(f"log {level} {text.decode()}")))
    config = Config(c.sizeof(Config), ConfigGet(get))
    tables = {b"facet.host.log/1": log, b"facet.host.config/1": config}

    def get_service(_host, name):
        return c.addressof(tables[name]) if name in tables else None

    host = Host(c.sizeof(Host), 0, None, b"call_plugin.py", b"1", GetService(get_service))
    return host, tables


def check(status, error, what):
    if status != OK:
        fail(f"{what}: status {status}: {error.message.decode()}")


def ask(plugin, path):
    answer = {"status": 0, "body": b""}

    def begin(_response, status):
        answer["status"] = status
        return OK

    def write(_response, chunk):
        answer["body"] += c.string_at(chunk.data, chunk.size)
        return OK

    response = Response(c.sizeof(Response), None, Begin(begin), Header(lambda *_: OK), Write(write), Flush())
    roles = (c.c_char_p * 2)(b"admin", None)
    principal = Principal(c.sizeof(Principal), b"python", roles)
    request = Request(c.sizeof(Request), b"GET", path, None, None, 0, 0, Bytes(None, 0), c.pointer(principal), None,
                      None)
    status = plugin.contents.handle_request(plugin, request, response)
    if status != OK:
        fail(f"handle_request answered {status}")
    return answer


def main():
    if len(sys.argv) not in (2, 4):
        fail(__doc__.split("\n\n")[1])
    library = c.CDLL(sys.argv[1])
    library.facet_entry_v1.restype = c.POINTER(Entry)
    entry = library.facet_entry_v1().contents
    if entry.struct_size < c.sizeof(Entry):
        fail(f"the entry table has {entry.struct_size} bytes, not {c.sizeof(Entry)}")
    required = []
    while entry.required_services and entry.required_services[len(required)]:
        required.append(entry.required_services[len(required)])
    print(f"{entry.id.decode()} {entry.version.decode()} needs {[r.decode() for r in required]}")

    settings = {"facet.gateway.enabled": "0"}
    if len(sys.argv) == 4:
        settings["facet.data"] = sys.argv[3]
    host, tables = make_host(settings)
    missing = [r.decode() for r in required if r not in tables]
    if missing:
        fail(f"the plugin needs services that no host offers: {missing}")
    plugin, error = c.POINTER(Plugin)(), Error()
    check(entry.create(host, c.byref(plugin), error), error, "create")
    table = plugin.contents
    if table.struct_size < c.sizeof(Plugin):
        fail(f"the instance's table has {table.struct_size} bytes, not {c.sizeof(Plugin)}")
    check(table.init(plugin, error), error, "init")
    if table.get_extension(plugin, b"facet.unheard-of/1"):
        fail("the plugin offers an extension that nobody has heard of")
    if len(sys.argv) == 4:
        check(table.activate(plugin, error), error, "activate")
        answer = ask(plugin, b"/fhir/metadata")
        print(f"GET /fhir/metadata: {answer['status']}, {len(answer['body'])} bytes")
        table.deactivate(plugin)
        if answer["status"] != 200:
            fail(answer["body"].decode(errors="replace"))
    table.destroy(plugin)
    print("good")


main()
