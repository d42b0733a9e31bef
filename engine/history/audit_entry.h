#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/history/source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace engine {

/// What somebody did to the engine, beyond starting instances and raising events (semantics 9.7). Never
/// changed, never deleted: it outlives the run that it is about.
struct AuditEntry {
    std::int64_t id = 0; ///< ascending; given by the store, whatever a turn says
    Instant at{};
    Source source;
    std::string operation; ///< `suspend`, `resume`, `terminate`, `deploy`, …
    InstanceId instance;   ///< to which it was done; empty: to none
    RunKey run;
    FlowId flow;
    std::string about;     ///< the part of it: `event/5`, `undelivered/3`, `version/2`; or empty
    JsonText before;       ///< small: what it was, as far as the operation changes it
    JsonText after;        ///< small: what it is now
    std::string reason;

    bool operator==(const AuditEntry &) const = default;
};

/// A page of the audit log, newest first.
struct AuditPage {
    std::vector<AuditEntry> entries;
    std::string next; ///< what the next page is asked with; empty: this is the last

    bool operator==(const AuditPage &) const = default;
};

} // namespace engine
