#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

struct sqlite3;

namespace engine {

/// What could be taken over of a table.
struct Salvaged {
    std::int64_t rows = 0;
    /// Where something is missing, in words: "after 17, 3 and before 25, 1".
    std::vector<std::string> gaps;
    /// The first part of the key of the last row before each gap, if keys are numbers.
    std::vector<std::int64_t> lastBeforeGaps;
};

/// Copies every row of `table` that can still be read into the table of that name of another
/// database, column by column of those that both have. Where pages are damaged the rows in them
/// cannot be read; those before and behind are found through what is left of the tree. An error is
/// one of the other database.
Result<Salvaged> salvage(sqlite3 *from, sqlite3 *to, const std::string &table);

} // namespace engine
