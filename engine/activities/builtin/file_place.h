#pragma once

#include "engine/base/failure.h"
#include "engine/base/ids.h"

#include <optional>
#include <set>
#include <string>
#include <variant>

namespace engine {

/// An open file descriptor, closed at the end.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {}
    Descriptor(Descriptor &&other) noexcept;
    Descriptor &operator=(Descriptor &&other) noexcept;
    ~Descriptor();

    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }

private:
    int m_number = -1;
};

/// A file in an open directory. Nobody can lead us elsewhere by moving a link: the way from the
/// granted directory to it was walked without following any.
struct FilePlace {
    Descriptor directory;
    std::string name;
};

/// Where a flow may read and write.
struct FileLimits {
    std::string root;              ///< directory that relative paths begin in; made when needed
    std::set<std::string> granted; ///< directories, relative ones below `root`; `*`: any
};

/// The place of `path`. NotAllowed where it is in no granted directory, or a step of the way is a
/// link; FileError where a directory is missing.
std::variant<FilePlace, Failure> openPlace(const std::string &path, const FileLimits &limits);
/// FileError of what the system says, with the path.
Failure fileFailure(const std::string &doing, const std::string &path, int fault);

} // namespace engine
