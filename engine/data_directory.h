#pragma once

#include "engine/base/result.h"

#include <memory>
#include <string>

class QLockFile;

namespace engine {

/// A data directory that is ours as long as the object lives: no other Signalbox may use it.
class DataDirectory
{
public:
    /// Makes the directory, readable by the user alone, if it is missing. Unavailable: somebody
    /// else has it, or the disk refuses; the message names the path and says what to do.
    static Result<std::unique_ptr<DataDirectory>> take(const std::string &path);
    ~DataDirectory();

    /// Without a trailing slash.
    const std::string &path() const { return m_path; }

private:
    DataDirectory(std::string path, std::unique_ptr<QLockFile> lock);

    std::string m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace engine
