#include "engine/activities/builtin/file_place.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace engine {
namespace {

Failure notAllowed(const std::string &message)
{
    return {.type = "NotAllowed", .message = "file: " + message, .retriable = false};
}

/// The names of a path, without empty ones and `.`.
std::vector<std::string> namesOf(const std::string &path)
{
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        std::string name = path.substr(begin, end - begin);
        if (!name.empty() && name != ".")
            names.push_back(std::move(name));
        begin = end + 1;
    }
    return names;
}

bool isAbsolute(const std::string &path) { return path.starts_with('/'); }

/// How many names of `path` lead to the deepest granted directory above it; nothing: it is in none.
std::optional<std::size_t> grantedNames(
    const std::string &path, const std::vector<std::string> &names, const FileLimits &limits)
{
    std::optional<std::size_t> deepest;
    for (const std::string &directory : limits.granted) {
        if (directory == "*")
            return names.size() - 1; // its directory may be reached in any way
        const auto prefix = namesOf(directory);
        const bool inside = isAbsolute(directory) == isAbsolute(path) &&
                            prefix.size() < names.size() &&
                            std::equal(prefix.begin(), prefix.end(), names.begin());
        if (inside)
            deepest = std::max(deepest.value_or(0), prefix.size());
    }
    return deepest;
}

std::string joined(const std::vector<std::string> &names, std::size_t count, bool absolute)
{
    std::string path = absolute ? "/" : "";
    for (std::size_t i = 0; i < count; ++i)
        path += (i > 0 ? "/" : "") + names[i];
    return path;
}

std::variant<Descriptor, Failure> openDirectory(const std::string &path)
{
    Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen())
        return fileFailure("open the directory", path, errno);
    return directory;
}

std::variant<Descriptor, Failure> openRoot(const std::string &root)
{
    if (::mkdir(root.c_str(), 0700) != 0 && errno != EEXIST)
        return fileFailure("make the directory", root, errno);
    return openDirectory(root);
}

/// The directory `name` in `parent`, which must not be a link. `path` is for messages.
std::variant<Descriptor, Failure> openInside(
    const Descriptor &parent, const std::string &name, const std::string &path)
{
    Descriptor inside(
        ::openat(parent.number(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (inside.isOpen())
        return inside;
    const int fault = errno;
    struct stat about {
    };
    if (::fstatat(parent.number(), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(about.st_mode))
        return notAllowed("'" + path + "' is a link, which is not followed");
    return fileFailure("open the directory", path, fault);
}

} // namespace

Descriptor::Descriptor(Descriptor &&other) noexcept
    : m_number(std::exchange(other.m_number, -1))
{}

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept
{
    std::swap(m_number, other.m_number);
    return *this;
}

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Failure fileFailure(const std::string &doing, const std::string &path, int fault)
{
    constexpr std::array lasting{EACCES, EPERM, EISDIR, ENOTDIR, ENAMETOOLONG, EROFS};
    return {.type = "FileError",
        .message =
            "file: cannot " + doing + " '" + path + "': " + std::generic_category().message(fault),
        .retriable = std::ranges::find(lasting, fault) == lasting.end()};
}

std::variant<FilePlace, Failure> openPlace(const std::string &path, const FileLimits &limits)
{
    const auto names = namesOf(path);
    if (names.empty() || path.ends_with('/') || path.find('\0') != std::string::npos)
        return fileFailure("use", path, EISDIR);
    if (std::ranges::find(names, "..") != names.end())
        return notAllowed("'" + path + "' leads out by '..'; write the whole path");
    const auto granted = grantedNames(path, names, limits);
    if (!granted)
        return notAllowed("'" + path + "' is in no directory that this flow may use");
    // An absolute path is walked from the granted directory on, a relative one all the way, because
    // others can write where it begins.
    const bool absolute = isAbsolute(path);
    std::size_t walked = absolute ? *granted : 0;
    auto opened = absolute ? openDirectory(joined(names, walked, true)) : openRoot(limits.root);
    for (; walked + 1 < names.size() && std::holds_alternative<Descriptor>(opened); ++walked)
        opened = openInside(
            std::get<Descriptor>(opened), names[walked], joined(names, walked + 1, absolute));
    if (auto *failure = std::get_if<Failure>(&opened))
        return std::move(*failure);
    return FilePlace{std::get<Descriptor>(std::move(opened)), names.back()};
}

} // namespace engine
