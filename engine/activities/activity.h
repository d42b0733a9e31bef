#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"

#include <functional>
#include <set>
#include <string>
#include <variant>

namespace engine {

/// `run/sequence` of the TaskScheduled: the same for all attempts (semantics 5.1).
struct ActivityKey {
    RunKey run;
    Sequence task = 0;

    auto operator<=>(const ActivityKey &) const = default;
};

std::string toText(const ActivityKey &key);

struct ActivityRequest {
    ActivityKey key;
    int attempt = 1;
    InstanceId instance;
    std::string activity; ///< name in the registry
    JsonText with;        ///< its input, expressions filled in
    Milliseconds timeout{0}; ///< of this attempt; 0: none
    /// What the code of a script reads, an object by top-level name, as it is when the attempt
    /// begins; not stored. `null` for the other kinds.
    JsonText scope;
    /// What this kind may reach, of all that the flow was granted (semantics 5.6): hosts, programs,
    /// directories; `*` is anything.
    std::set<std::string> granted;
    /// Secrets that the step itself names; only these are filled in, whatever a payload says.
    std::set<std::string> secrets;
};

using ActivityOutcome = std::variant<JsonText, Failure>;
using ActivityDone = std::function<void(ActivityOutcome)>;

/// Work that touches the world. Called on the thread that owns it (architecture 5).
class Activity
{
public:
    virtual ~Activity() = default;

    /// Begins one attempt and returns at once. `done` is called exactly once, from any thread, also
    /// after cancel() and at the timeout (ActivityTimeout).
    virtual void start(const ActivityRequest &request, ActivityDone done) = 0;
    /// Ends the attempt early if it still runs; its outcome no longer matters.
    virtual void cancel(const ActivityKey &key) = 0;
};

} // namespace engine
