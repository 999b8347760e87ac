// SPDX-License-Identifier: MPL-2.0
#include "beds/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace facet::beds {

base::Result<std::unique_ptr<FolderLock>> FolderLock::take(const std::filesystem::path& folder) {
  const auto path = folder / "gateway.lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  std::unique_ptr<FolderLock> lock(new FolderLock(fd));
  if (fd < 0 || ::flock(fd, LOCK_EX | LOCK_NB) != 0)
    return base::fail(base::ErrorCode::unavailable, "gateway.lock",
                      "Another bed gateway uses this folder of keys.");
  return lock;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace facet::beds
