#include "engine/activities/builtin/file_activity.h"

#include "engine/activities/builtin/file_place.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace engine {
namespace {

constexpr std::size_t largestFile = JsonLimits().bytes;

Failure failure(const char *type, const std::string &message)
{
    return {.type = type, .message = "file: " + message, .retriable = false};
}

struct FileRequest {
    std::string path;
    std::string mode;
    std::string content;
    std::string mark; ///< part of the name of a file that is being written
};

std::variant<FileRequest, Failure> fileRequestFrom(const ActivityRequest &asked)
{
    const auto with = asked.with.tree();
    const auto text = [&with](const char *member, const char *otherwise) {
        const auto value = with.value(member, nlohmann::json(otherwise));
        return value.is_string() ? value.get<std::string>() : std::string();
    };
    if (!with.is_object() || text("path", "").empty())
        return failure("ValidationError", "'with' must be an object with the text 'path'");
    FileRequest request{.path = text("path", ""), .mode = text("mode", "read")};
    if (request.mode != "read" && request.mode != "write" && request.mode != "append")
        return failure("ValidationError", "'mode' must be read, write or append");
    if (request.mode != "read" && !with.contains("content"))
        return failure("ValidationError", "'content' is missing");
    if (with.contains("content"))
        request.content = with["content"].is_string() ? with["content"].get<std::string>()
                                                      : JsonText::of(with["content"]).text();
    request.mark = std::to_string(asked.key.run.value) + '-' + std::to_string(asked.key.task);
    return request;
}

/// Opens a file in place. Never hangs on a pipe and never follows a link.
std::variant<Descriptor, Failure> openFile(
    const FilePlace &place, const FileRequest &request, int flags)
{
    Descriptor file(::openat(place.directory.number(), place.name.c_str(),
        flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666));
    if (!file.isOpen() && errno == ELOOP)
        return failure("NotAllowed", "'" + request.path + "' is a link, which is not followed");
    if (!file.isOpen())
        return fileFailure(request.mode, request.path, errno);
    struct stat about {
    };
    if (::fstat(file.number(), &about) != 0)
        return fileFailure(request.mode, request.path, errno);
    if (!S_ISREG(about.st_mode))
        return failure("FileError", "'" + request.path + "' is no file");
    return file;
}

/// 0, or what the system says.
int writeAll(int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno != EINTR)
            return errno;
        content.remove_prefix(written < 0 ? 0 : std::size_t(written));
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

ActivityOutcome readFile(const FilePlace &place, const FileRequest &request)
{
    auto opened = openFile(place, request, O_RDONLY);
    if (auto *failed = std::get_if<Failure>(&opened))
        return std::move(*failed);
    std::string text(largestFile + 1, '\0');
    std::size_t length = 0;
    while (length < text.size()) {
        const ssize_t count = ::read(
            std::get<Descriptor>(opened).number(), text.data() + length, text.size() - length);
        if (count < 0 && errno != EINTR)
            return fileFailure(request.mode, request.path, errno);
        if (count == 0)
            break;
        length += count < 0 ? 0 : std::size_t(count);
    }
    text.resize(length);
    if (length > largestFile)
        return failure("FileError", "'" + request.path + "' is larger than 1 MiB");
    if (auto parsed = JsonText::parse(text))
        return *std::move(parsed);
    auto result = JsonText::parse(JsonText::ofString(text).text());
    if (!result || result->tree().get<std::string>() != text)
        return failure("FileError", "'" + request.path + "' is no UTF-8 text that can be kept");
    return *std::move(result);
}

ActivityOutcome appendToFile(const FilePlace &place, const FileRequest &request)
{
    auto opened = openFile(place, request, O_WRONLY | O_APPEND | O_CREAT);
    if (auto *failed = std::get_if<Failure>(&opened))
        return std::move(*failed);
    const int file = std::get<Descriptor>(opened).number();
    const off_t before = ::lseek(file, 0, SEEK_END);
    const int fault = writeAll(file, request.content);
    if (fault == 0)
        return JsonText();
    // No half of it: the next attempt would leave it in the middle.
    if (before >= 0 && ::ftruncate(file, before) != 0)
        return failure("FileError", "'" + request.path + "' holds half of what was to be added");
    return fileFailure(request.mode, request.path, fault);
}

/// The permissions of the file that will be replaced; nothing: there is none yet.
std::variant<std::optional<mode_t>, Failure> oldMode(
    const FilePlace &place, const FileRequest &request)
{
    struct stat about {
    };
    if (::fstatat(place.directory.number(), place.name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            return fileFailure(request.mode, request.path, errno);
        return std::optional<mode_t>();
    }
    if (S_ISLNK(about.st_mode))
        return failure("NotAllowed", "'" + request.path + "' is a link, which is not followed");
    if (!S_ISREG(about.st_mode))
        return failure("FileError", "'" + request.path + "' is no file");
    return std::optional<mode_t>(about.st_mode & 07777);
}

ActivityOutcome writeFile(const FilePlace &place, const FileRequest &request)
{
    const auto old = oldMode(place, request);
    if (const auto *failed = std::get_if<Failure>(&old))
        return *failed;
    const auto mode = std::get<std::optional<mode_t>>(old);
    const int directory = place.directory.number();
    const std::string part = ".signalbox-" + request.mark + ".part";
    ::unlinkat(directory, part.c_str(), 0); // of an attempt that was cut off
    const Descriptor file(::openat(directory, part.c_str(),
        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode ? 0600 : 0666));
    if (!file.isOpen())
        return fileFailure(request.mode, request.path, errno);
    int fault = writeAll(file.number(), request.content);
    if (fault == 0 && mode && ::fchmod(file.number(), *mode) != 0)
        fault = errno;
    if (fault == 0 && ::renameat(directory, part.c_str(), directory, place.name.c_str()) != 0)
        fault = errno;
    if (fault == 0 && ::fsync(directory) != 0)
        fault = errno;
    if (fault == 0)
        return JsonText();
    ::unlinkat(directory, part.c_str(), 0);
    return fileFailure(request.mode, request.path, fault);
}

ActivityOutcome outcomeOf(const ActivityRequest &asked, const std::string &root)
{
    const auto request = fileRequestFrom(asked);
    if (const auto *failed = std::get_if<Failure>(&request))
        return *failed;
    const auto &wanted = std::get<FileRequest>(request);
    const auto place = openPlace(wanted.path, {root, asked.granted});
    if (const auto *failed = std::get_if<Failure>(&place))
        return *failed;
    const auto &found = std::get<FilePlace>(place);
    if (wanted.mode == "read")
        return readFile(found, wanted);
    return wanted.mode == "write" ? writeFile(found, wanted) : appendToFile(found, wanted);
}

} // namespace

FileActivity::FileActivity(RunJob runJob, std::function<std::string()> root)
    : m_runJob(std::move(runJob))
    , m_root(std::move(root))
    , m_waiting(std::make_shared<WaitingWork>())
{}

void FileActivity::start(const ActivityRequest &request, ActivityDone done)
{
    m_waiting->add(request.key);
    m_runJob([request, done = std::move(done), waiting = m_waiting, root = m_root] {
        if (waiting->take(request.key))
            done(outcomeOf(request, root()));
        else
            done(failure("Canceled", "canceled before it began"));
    });
}

void FileActivity::cancel(const ActivityKey &key) { m_waiting->take(key); }

} // namespace engine
