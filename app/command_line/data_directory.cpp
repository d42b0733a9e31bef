#include "app/command_line/data_directory.h"

#include "engine/base/json_read.h"
#include "engine/rest/access.h"
#include "engine/wire/json_writer.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QStandardPaths>

#include <filesystem>

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

std::string fileIn(const std::string &directory, const char *name)
{
    return directory + "/" + name;
}

Error unwritable(const std::string &path, const QString &reason)
{
    return {ErrorCode::Unavailable,
        "cannot write '" + path + "': " + reason.toStdString() +
            "; check the directory's permissions and free space",
        {}};
}

/// Whole or not at all, and never readable by others, not even for a moment.
Result<void> writePrivately(const std::string &path, const std::string &text)
{
    const std::string fresh = path + ".new";
    QFile file(QString::fromStdString(fresh));
    file.remove();
    constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
        return unwritable(path, file.errorString());
    const auto length = static_cast<qint64>(text.size());
    if (file.write(text.data(), length) != length || !file.flush())
        return unwritable(path, file.errorString());
    file.close();
    std::error_code fault;
    std::filesystem::rename(fresh, path, fault);
    if (fault)
        return unwritable(path, QString::fromStdString(fault.message()));
    return {};
}

} // namespace

std::string dataDirectory(const std::string &written)
{
    if (!written.empty())
        return written;
    const auto place = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return place.toStdString() + "/signalbox";
}

Result<std::string> keptKey(const std::string &directory)
{
    const std::string path = fileIn(directory, "key");
    QFile file(QString::fromStdString(path));
    if (!file.exists())
        return Error{ErrorCode::NotFound, "there is no key in '" + path + "'", {}};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Unavailable,
            "cannot read the key in '" + path + "': " + file.errorString().toStdString(), {}};
    const std::string key = file.read(4096).trimmed().toStdString();
    if (key.empty())
        return Error{ErrorCode::NotFound, "the key file '" + path + "' is empty", {}};
    return key;
}

Result<std::string> keptOrNewKey(const std::string &directory)
{
    auto kept = keptKey(directory);
    if (kept || kept.error().code != ErrorCode::NotFound)
        return kept;
    std::string key = engine::newAccessKey();
    if (auto written = writePrivately(fileIn(directory, "key"), key + "\n"); !written)
        return written.error();
    return key;
}

std::optional<RunningServer> runningServer(const std::string &directory)
{
    QFile file(QString::fromStdString(fileIn(directory, "server.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto text = engine::JsonText::parse(file.read(64 * 1024).toStdString());
    if (!text)
        return {};
    const nlohmann::json tree = text->tree();
    const auto object = engine::JsonObjectReader::open(tree);
    if (!object)
        return {};
    const auto url = object->text("url");
    const auto hub = object->text("hub");
    const auto pid = object->integer("pid");
    const auto key = object->optionalText("key");
    if (!url || !hub || !pid || !key)
        return {};
    return RunningServer{*url, *hub, *pid, key->value_or(std::string())};
}

Result<ServerFile> ServerFile::write(const std::string &directory, const RunningServer &server)
{
    engine::JsonObjectWriter object;
    object.text("url", server.url).text("hub", server.hub).number("pid", server.pid);
    if (!server.key.empty())
        object.text("key", server.key);
    const std::string path = fileIn(directory, "server.json");
    if (auto written = writePrivately(path, std::move(object).finish() + "\n"); !written)
        return written.error();
    return ServerFile(path);
}

ServerFile::ServerFile(ServerFile &&other) noexcept
    : m_path(std::exchange(other.m_path, {}))
{}

ServerFile::~ServerFile()
{
    if (!m_path.empty())
        QFile::remove(QString::fromStdString(m_path));
}

} // namespace app
