// SPDX-License-Identifier: MPL-2.0
#include "storage/keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "storage/digest.h"

namespace facet::storage {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr const char* clinic_file = "clinic.key";
constexpr const char* next_file = "clinic-next.key";
using Slot = std::pair<const char*, std::string Keys::*>;
constexpr std::array<Slot, 3> slots{
    {{clinic_file, &Keys::clinic}, {"index.key", &Keys::index}, {"audit.key", &Keys::audit}}};

base::Status write_new(const std::filesystem::path& path, const std::string& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return base::fail(errno == EEXIST ? base::ErrorCode::conflict : base::ErrorCode::unavailable,
                      path.filename(), "The key file " + path.string() + " cannot be made.");
  const bool written =
      ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  if (written) return {};
  return base::fail(base::ErrorCode::unavailable, path.filename(),
                    "The key file " + path.string() + " cannot be written.");
}

/// Otherwise a power cut could take the files' names.
void sync_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

base::Result<std::string> read_key(const std::filesystem::path& path) {
  const auto refuse = [&](const char* why) {
    return base::fail(base::ErrorCode::unavailable, path.filename(),
                      "The key file " + path.string() + " " + why);
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refuse("is missing. Restore it from where the keys are kept.");
  struct stat info {};
  ::fstat(file, &info);
  std::string bytes(key_bytes + 1, '\0');
  const auto size = ::read(file, bytes.data(), bytes.size());
  ::close(file);
  if ((info.st_mode & 077) != 0) return refuse("can be read by others. Run: chmod 600 on it.");
  if (size != static_cast<ssize_t>(key_bytes)) return refuse("does not hold 32 bytes.");
  bytes.resize(key_bytes);
  return bytes;
}

}  // namespace

base::Result<Keys> create_keys(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error)
    return base::fail(base::ErrorCode::unavailable, "keys",
                      "The folder " + folder.string() + " cannot be made.");
  for (const auto& slot : slots)
    if (std::filesystem::exists(folder / slot.first, error))
      return base::fail(base::ErrorCode::conflict, slot.first,
                        "There are keys in " + folder.string() + " already.");
  Keys keys;
  for (const auto& [name, member] : slots) {
    keys.*member = random_bytes(key_bytes);
    if (auto written = write_new(folder / name, keys.*member); !written) return base::pass(written);
  }
  sync_folder(folder);
  keys.folder = folder;
  return keys;
}

base::Result<std::string> load_key(const std::filesystem::path& file) {
  return read_key(file);
}

base::Result<Keys> load_keys(const std::filesystem::path& folder) {
  Keys keys;
  keys.folder = folder;
  // First: a rotation that ends meanwhile moves it into the place of the clinic's.
  if (std::filesystem::exists(folder / next_file)) {
    auto next = read_key(folder / next_file);
    if (next)
      keys.clinic_next = std::move(*next);
    else if (std::filesystem::exists(folder / next_file))
      return base::pass(next);
  }
  for (const auto& [name, member] : slots) {
    auto key = read_key(folder / name);
    if (!key) return base::pass(key);
    keys.*member = std::move(*key);
  }
  if (keys.clinic_next == keys.clinic) keys.clinic_next.clear();
  return keys;
}

base::Status create_next_clinic_key(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / next_file)) return {};
  auto part = folder / next_file;
  part += ".part";
  std::error_code error;
  std::filesystem::remove(part, error);  // of a program that died here
  if (auto written = write_new(part, random_bytes(key_bytes)); !written) return written;
  if (::rename(part.c_str(), (folder / next_file).c_str()) != 0)
    return base::fail(base::ErrorCode::unavailable, next_file,
                      "The new key file in " + folder.string() + " cannot be made.");
  sync_folder(folder);
  return {};
}

base::Status replace_clinic_key(const std::filesystem::path& folder) {
  const int old = ::open((folder / clinic_file).c_str(), O_WRONLY | O_CLOEXEC);
  const bool moved =
      old >= 0 && ::rename((folder / next_file).c_str(), (folder / clinic_file).c_str()) == 0;
  if (moved) {
    sync_folder(folder);
    // The old file has no name any more; a file system that writes in place loses its bytes too.
    const std::string zeros(key_bytes, '\0');
    (void)!::write(old, zeros.data(), zeros.size());
    ::fsync(old);
  }
  if (old >= 0) ::close(old);
  if (moved) return {};
  return base::fail(base::ErrorCode::unavailable, clinic_file,
                    "The key file in " + folder.string() + " cannot be replaced.");
}

}  // namespace facet::storage
