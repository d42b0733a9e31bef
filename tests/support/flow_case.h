#pragma once

#include "engine/history/history_event.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace tests {

using Histories = std::vector<std::vector<engine::HistoryRow>>;

/// A folder of tests/cases/flows: a flow, and what arrives when.
///
/// `script.json` is `{"script": […]}`, beside it the limits `allowed` (kinds; default all),
/// `stepsPerDecision` and `stepsWithoutWait`, and `outcomes`: by instance, members of its transcript
/// (`status`, `output`, `errorType`) that must come out. An entry of the script is one of
///   {"start": "id", "input": …, "version": 1}         {"deploy": "other.json", "grant": true}
///   {"raise": "Event", "data": …, "eventId": …, "branch": …}
///   {"correlate": "Event", "data": …, "eventId": …, "key": …}: for whoever waits under its key
///   {"answer": "outcome", "by": …, "says": comment, "data": …, "eventId": …}, {"claim": "name"},
///        {"giveBack": "name"}, {"reassign": [names], "from": …, "reason": …}, {"comment": "text", "by": …,
///        "question": true}: about the task that was opened last, or about "task"
///   {"finish": result} or {"failWith": {failure}}: the attempt that has run for longest; with
///        "task" and "attempt" any attempt, as a late or duplicate result
///   {"startAgain": "id", "as": "new id", "reason": …}
///   {"purge": "reason"}   {"rewind": "reason"}   {"editVariables": {name: value}, "reason": …}
///   {"skip": "step", "branch": …, "event": …, "result": …, "reason": …}
///   {"moveTo": "step", "branch": …, "from": …, "reason": …}
///   {"terminate": "reason", "keepSubFlows": false}   {"restart": true}
///   {"advance": "PT1H"}: each timer on the way fires at its time
///   {"jump": "PT1H"}: the engine was busy or away; what is due is decided with the next entry
///   {"together": […]}: all in one turn
/// Messages go to the instance that was started last unless `to` names another. `flows` of the script
/// names the files of other flows, which are deployed before flow.json; `start` takes `flow`.
struct FlowCase {
    std::string flow;      ///< text of flow.json
    std::string directory; ///< for deploy
    nlohmann::json script;
};

/// What came of it: an answer for each message, what the audit log says of instances, and each instance with its status, its output and
/// its history. `cachedInstances`: with 0 every decision begins with a replay. `histories` are those of
/// all runs.
nlohmann::json play(const FlowCase &flowCase, std::size_t cachedInstances,
    Histories *histories = nullptr);

} // namespace tests
