#include "engine/store/stored_row.h"

#include "engine/history/history_json.h"
#include "engine/store/crc32c.h"

namespace engine {
namespace {

std::uint32_t checksumOf(const StoredRow &row)
{
    const std::string key = std::to_string(row.run.value) + '/' + std::to_string(row.first) + '/' +
                            std::to_string(row.at.time_since_epoch().count()) + '/' +
                            std::to_string(row.version) + '/';
    return crc32c(row.facts, crc32c(key));
}

Error damaged(RunKey run, Sequence first, const std::string &what)
{
    return {ErrorCode::Damaged,
        "the history of run " + std::to_string(run.value) + " is damaged at sequence " +
            std::to_string(first) + ": " + what +
            "; other runs are not concerned. Restore a backup of signalbox.db, or go on without "
            "this instance",
        {}};
}

} // namespace

StoredRow storedRow(const HistoryRow &row)
{
    StoredRow stored{row.run, row.first, row.at, historyVersion, factsToText(row.facts)};
    stored.checksum = checksumOf(stored);
    return stored;
}

Result<HistoryRow> historyRow(const StoredRow &stored)
{
    if (checksumOf(stored) != stored.checksum)
        return damaged(stored.run, stored.first, "its checksum does not match");
    auto facts = factsFromText(stored.facts, stored.version);
    if (!facts)
        return damaged(stored.run, stored.first, facts.error().message);
    if (facts->empty())
        return damaged(stored.run, stored.first, "it holds no fact");
    return HistoryRow{stored.run, stored.first, stored.at, *std::move(facts)};
}

Sequence lastOf(const HistoryRow &row)
{
    return row.first + static_cast<Sequence>(row.facts.size()) - 1;
}

Error missingRow(RunKey run, Sequence first)
{
    return damaged(run, first, "the row that begins there is missing");
}

} // namespace engine
