/* SPDX-License-Identifier: MPL-2.0 */
/* A plugin in plain C for the tests of hosts: echoes requests, streams, and fails on demand. What it
 * keeps of a clinic is one file, so that `facet init` has something to make. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "facet/facet.h"

typedef struct {
  struct facet_plugin table;
  const facet_host *host;
  const facet_host_log *log;
  const facet_host_config *config;
  int active;
} echo;

static echo *self(const facet_plugin *plugin) { return plugin->plugin_data; }

static void say(facet_error *error, const char *text) {
  if (error) snprintf(error->message, sizeof error->message, "%s", text);
}

/* A setting, or "" if it is not set or too long. */
static const char *setting(echo *e, const char *key, char *buffer, size_t size) {
  if (e->config->get(e->host, key, buffer, &size) != FACET_OK) buffer[0] = 0;
  return buffer;
}

static facet_status init(const facet_plugin *plugin, facet_error *error) {
  echo *e = self(plugin);
  char name[64];
  e->log = e->host->get_service(e->host, FACET_HOST_LOG);
  e->config = e->host->get_service(e->host, FACET_HOST_CONFIG);
  if (!e->log || !e->config || e->host->get_service(e->host, "facet.host.unheard-of/1")) {
    say(error, "the host's services are wrong");
    return FACET_UNSUPPORTED;
  }
  if (strcmp(setting(e, "facet.clinic.name", name, sizeof name), "fail init") == 0) {
    say(error, "init was told to fail");
    return FACET_INVALID;
  }
  return FACET_OK;
}

static facet_status activate(const facet_plugin *plugin, facet_error *error) {
  echo *e = self(plugin);
  char value[64], folder[400], file[450];
  if (e->active) return FACET_BAD_STATE;
  if (strcmp(setting(e, "facet.clinic.name", value, sizeof value), "fail activate") == 0) {
    say(error, "activate was told to fail");
    return FACET_UNAVAILABLE;
  }
  setting(e, "facet.data", folder, sizeof folder);
  snprintf(file, sizeof file, "%s/echo.db", folder);
  FILE *found = fopen(file, "r");
  if (!found && strcmp(setting(e, "facet.create", value, sizeof value), "1") != 0 && folder[0]) {
    say(error, "the data folder has no database");
    return FACET_NOT_FOUND;
  }
  if (!found && folder[0]) found = fopen(file, "w");
  if (found) fclose(found);
  e->active = 1;
  e->log->write(e->host, FACET_LOG_INFO, "echo is active");
  return FACET_OK;
}

static void deactivate(const facet_plugin *plugin) { self(plugin)->active = 0; }
static void destroy(const facet_plugin *plugin) { free(self(plugin)); }
static const void *get_extension(const facet_plugin *plugin, const char *id) {
  (void)plugin, (void)id;
  return NULL;
}

static facet_status put(facet_response *response, const char *text) {
  return response->write(response, (facet_bytes){text, strlen(text)});
}

static void put_pairs(facet_response *response, const char *title, const facet_pair *pairs,
                      size_t count) {
  for (size_t i = 0; i < count; ++i) {
    char line[600];
    snprintf(line, sizeof line, "%s %.200s=%.300s\n", title, pairs[i].name, pairs[i].value);
    put(response, line);
  }
}

static facet_status describe(const facet_request *request, facet_response *response) {
  char line[600];
  response->begin(response, 200);
  response->header(response, "Content-Type", "text/plain; charset=utf-8");
  if (response->header(response, "X-Bad", "a\r\nSet-Cookie: stolen=1") != FACET_INVALID) abort();
  snprintf(line, sizeof line, "%s %.300s\nbody %zu\nuser %s\n", request->method, request->path,
           request->body.size, request->principal ? request->principal->user_id : "nobody");
  put(response, line);
  for (size_t i = 0; request->principal && request->principal->roles[i]; ++i) {
    snprintf(line, sizeof line, "role %s\n", request->principal->roles[i]);
    put(response, line);
  }
  snprintf(line, sizeof line, "remote %s\npurpose %s\n", request->remote ? request->remote : "-",
           request->purpose ? request->purpose : "-");
  put(response, line);
  put_pairs(response, "query", request->query, request->query_count);
  put_pairs(response, "header", request->headers, request->header_count);
  if (response->begin(response, 200) != FACET_INVALID) abort();
  return FACET_OK;
}

/* One million bytes. */
static facet_status stream(facet_response *response) {
  char block[1000];
  memset(block, 'x', sizeof block);
  response->begin(response, 200);
  response->header(response, "Content-Length", "7"); /* a host must not believe it */
  for (int i = 0; i < 1000; ++i) {
    if (response->write(response, (facet_bytes){block, sizeof block}) != FACET_OK) break;
  }
  return FACET_OK;
}

/* Events until the reader is gone. */
static facet_status live(facet_response *response) {
  response->begin(response, 200);
  response->header(response, "Content-Type", "text/event-stream");
  for (int i = 0; i < 2500; ++i) {
    const struct timespec pause = {0, 10 * 1000 * 1000};
    if (put(response, "event: bed\ndata: {}\n\n") != FACET_OK) break;
    if (response->flush && response->flush(response) != FACET_OK) break;
    nanosleep(&pause, NULL);
  }
  return FACET_OK;
}

static facet_status refuse_anonymous(facet_response *response) {
  response->begin(response, 401);
  response->header(response, "Content-Type", "application/fhir+json");
  return put(response,
             "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
             "\"code\":\"login\",\"diagnostics\":\"log in first\","
             "\"expression\":[\"Patient.name\"]}]}");
}

static facet_status handle_request(const facet_plugin *plugin, const facet_request *request,
                                   facet_response *response) {
  if (!self(plugin)->active) return FACET_BAD_STATE;
  if (response->write(response, (facet_bytes){"early", 5}) != FACET_INVALID) abort();
  if (strcmp(request->path, "/fail") == 0) return FACET_INTERNAL;
  if (strcmp(request->path, "/unavailable") == 0) return FACET_UNAVAILABLE;
  if (strcmp(request->path, "/silent") == 0) return FACET_OK;
  if (strcmp(request->path, "/stream") == 0) return stream(response);
  if (strcmp(request->path, "/live/beds/1") == 0) return live(response);
  if (strncmp(request->path, "/fhir", 5) == 0 && !request->principal) {
    return refuse_anonymous(response);
  }
  return describe(request, response);
}

static facet_status create(const facet_host *host, const facet_plugin **out, facet_error *error) {
  (void)error;
  echo *e = calloc(1, sizeof *e);
  if (!e) return FACET_INTERNAL;
  e->table = (struct facet_plugin){
      sizeof e->table, e,       init,         activate, handle_request,
      deactivate,      destroy, get_extension};
  e->host = host;
  *out = &e->table;
  return FACET_OK;
}

static const char *const required[] = {FACET_HOST_LOG, FACET_HOST_CONFIG, NULL};
static const facet_entry entry = {sizeof entry, FACET_ABI_MINOR, "facet.echo", "Echo",
                                  "1.0",        required,        create};

FACET_EXPORT const facet_entry *facet_entry_v1(void) { return &entry; }
