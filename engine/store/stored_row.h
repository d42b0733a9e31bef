#pragma once

#include "engine/base/result.h"
#include "engine/history/history_event.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace engine {

/// A row of history as a database keeps it. The checksum covers its key too, so a row that got into
/// another's place is found.
struct StoredRow {
    RunKey run;
    Sequence first = 0;
    Instant at{};
    int version = 0;
    std::string facts;
    std::uint32_t checksum = 0;
};

StoredRow storedRow(const HistoryRow &row);
/// Damaged names run and sequence, and says what to do.
Result<HistoryRow> historyRow(const StoredRow &stored);
/// The number of the last fact of a row.
Sequence lastOf(const HistoryRow &row);
/// The Damaged of a row that should begin at `first`.
Error missingRow(RunKey run, Sequence first);

} // namespace engine
