#pragma once

#include "engine/base/result.h"
#include "engine/store/sqlite/sqlite_store.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace engine {

/// All pages of such a file are read in less than a tenth of a second.
inline constexpr std::int64_t smallFile = 64 * 1024 * 1024;

/// Remembers beside a database that damage was met in it, so that the next start mends it. Any
/// thread.
void noteDamage(const QString &file);

/// Looks whether the database of a directory is damaged, and mends it (semantics 11.2, 11.6): a new
/// one takes its place, with all that can be read of the old one and indexes made again from
/// history. Instances whose history has holes are set aside with the reason. The old one stays
/// beside it. Answers what was found and done, in lines for people; none if nothing is wrong.
///
/// Every page of a database of up to `lookedAt` bytes is looked at, and of a larger one if damage was
/// met in it; the others are for PageScan, once the database is open.
/// Damaged if the first page or the list of tables is: then nothing in it can be found. Nobody else
/// may have the database open. One that is not there is not looked at.
Result<std::vector<std::string>> mendIfDamaged(
    const std::string &directory, const Summarize &summarize, std::int64_t lookedAt = smallFile);
/// Whether that looks at all of the database, large as it is.
bool isLookedAtAtTheStart(const std::string &directory, std::int64_t lookedAt = smallFile);

} // namespace engine
