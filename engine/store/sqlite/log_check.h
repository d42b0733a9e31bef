#pragma once

#include "engine/base/result.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace engine {

// After a kill, what was answered last stands in the log beside the database (`-wal`) alone. SQLite
// takes a log that ends too early for one whose last turn was not finished, and a log that is not
// there for none that was needed. So two things are looked at: a mark beside the database as long
// as a store has it open, and the map of the log (`-shm`), which says how much of it was there.

/// What stood beside a database before it was opened.
struct LogBefore {
    bool isThere = false;
    bool isEmpty = true;
    bool isNeeded = false;
    /// Of the log, as its map says. Nothing without a map, or if that is of a log before this one:
    /// the map is not synchronized, so a power cut can leave an old one behind.
    std::optional<std::uint32_t> pages;
};

LogBefore logBefore(const QString &file);
/// Damaged if pages that were in the log cannot be read any more, or the whole log is gone. Right
/// after the first read of a connection to the file.
Result<void> checkLog(const QString &file, const LogBefore &before);
/// From now on the log is needed, and not any more.
void markOpen(const QString &file);
void markClosed(const QString &file);

} // namespace engine
