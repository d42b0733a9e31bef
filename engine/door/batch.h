#pragma once

#include "engine/base/enum_names.h"
#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/history/source.h"
#include "engine/query/instance_query.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// What can be done to many instances at once.
enum class BatchOperation { Suspend, Resume, Terminate, Retry, Rewind, Purge };

inline constexpr EnumNames<BatchOperation, 6> batchOperationNames{
    {{BatchOperation::Suspend, "suspend"}, {BatchOperation::Resume, "resume"},
        {BatchOperation::Terminate, "terminate"}, {BatchOperation::Retry, "retry"},
        {BatchOperation::Rewind, "rewind"}, {BatchOperation::Purge, "purge"}}};

/// An operation on all instances that a query shows and that are in a state for it.
struct BatchRequest {
    BatchOperation operation = BatchOperation::Suspend;
    InstanceQuery query;
    std::string queryText; ///< as it was written, for the audit log
    bool isDry = false;    ///< only counts, and names the first
    int limit = 1'000;     ///< at most so many are done something with
    std::string after;     ///< BatchResult::next of the call before, or empty
    std::string reason;
    Source source;
};

/// What became of one instance.
struct BatchOutcome {
    InstanceId instance;
    std::optional<Error> refusal; ///< nothing: it was done, and is on disk

    bool operator==(const BatchOutcome &) const = default;
};

struct BatchResult {
    std::int64_t matched = 0;
    std::int64_t done = 0;
    std::vector<BatchOutcome> outcomes; ///< newest instance first; of a dry run the first hundred
    std::string next; ///< to go on from; empty: there is nothing more

    bool operator==(const BatchResult &) const = default;
};

} // namespace engine
