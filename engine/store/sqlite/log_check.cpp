#include "engine/store/sqlite/log_check.h"

#include <QFile>
#include <QFileInfo>

#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

/// The beginning of the map: SQLite writes it twice, so that it is not read while it changes. Its
/// numbers are in the order of the machine.
struct MapHeader {
    std::uint32_t version;
    std::uint32_t unused;
    std::uint32_t changes;
    std::uint8_t isMade;
    std::uint8_t bigEndian;
    std::uint16_t pageSize;
    std::uint32_t pagesOfLog;
    std::uint32_t pagesOfFile;
    std::array<std::uint32_t, 2> lastChecksum;
    std::array<std::uint32_t, 2> salt;
    std::array<std::uint32_t, 2> checksum;
};
static_assert(sizeof(MapHeader) == 48);

constexpr std::uint32_t knownVersion = 3'007'000;

std::optional<MapHeader> mapOf(const QString &file)
{
    QFile map(file + u"-shm"_s);
    if (!map.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray bytes = map.read(2 * sizeof(MapHeader));
    if (bytes.size() < qsizetype(2 * sizeof(MapHeader)) ||
        bytes.first(sizeof(MapHeader)) != bytes.last(sizeof(MapHeader)))
        return std::nullopt;
    MapHeader header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.version != knownVersion || header.isMade != 1)
        return std::nullopt;
    return header;
}

/// By what the log that stands there, and its map, are told from those before.
std::array<std::uint32_t, 2> saltOfLog(const QString &file)
{
    constexpr qint64 place = 16;
    std::array<std::uint32_t, 2> salt{};
    QFile log(file + u"-wal"_s);
    if (log.open(QIODevice::ReadOnly) && log.seek(place))
        (void)log.read(reinterpret_cast<char *>(salt.data()), sizeof salt);
    return salt;
}

std::uint32_t pagesByMap(const QString &file)
{
    const auto map = mapOf(file);
    return map ? map->pagesOfLog : 0;
}

QString markOf(const QString &file) { return file + u".open"_s; }

Error lost(const QString &file, const std::string &what)
{
    return {ErrorCode::Damaged,
        file.toStdString() + "-wal: " + what +
            "; what was answered last stood there alone. Put the log back beside its database, or "
            "restore a backup; without either, remove " +
            markOf(file).toStdString() + " and " + file.toStdString() + "-shm to go on without it",
        {}};
}

} // namespace

LogBefore logBefore(const QString &file)
{
    const QFileInfo log(file + u"-wal"_s);
    LogBefore before{.isThere = log.exists(),
        .isEmpty = log.size() == 0,
        .isNeeded = QFile::exists(markOf(file))};
    const auto map = mapOf(file);
    if (map && (before.isEmpty || map->salt == saltOfLog(file)))
        before.pages = map->pagesOfLog;
    return before;
}

Result<void> checkLog(const QString &file, const LogBefore &before)
{
    const std::uint32_t then = before.pages.value_or(0);
    // One that nothing was written to yet is empty, or not there.
    const bool hadPages = then > 0 || (!before.isThere && !before.pages);
    if (before.isEmpty)
        return before.isNeeded && hadPages ? Result<void>(lost(file, "the log is gone"))
                                           : Result<void>();
    const std::uint32_t now = pagesByMap(file);
    if (then <= now)
        return {};
    return lost(file, std::to_string(then - now) + " of the " + std::to_string(then) +
                          " pages of the log are damaged or gone");
}

void markOpen(const QString &file)
{
    QFile mark(markOf(file));
    (void)mark.open(QIODevice::WriteOnly);
}

void markClosed(const QString &file) { QFile::remove(markOf(file)); }

} // namespace engine
