#include "tests/load/flows.h"

namespace load {

const std::string approvalFlow = R"({ "signalbox": 1, "name": "Approval", "start": "announce",
    "steps": {
        "announce": { "kind": "activity", "activity": "log",
            "with": { "message": "=input.id", "level": "debug" }, "next": "approval" },
        "approval": { "kind": "wait", "event": "Approved", "next": "book" },
        "book": { "kind": "activity", "activity": "log",
            "with": { "message": "=steps.approval.by", "level": "debug" }, "next": "done" },
        "done": { "kind": "end", "output": { "by": "=steps.approval.by" } } } })";

const std::string approvedPayload = R"({"by":"maria","comment":"fine with me"})";

std::string listenerFlow(bool withTimeout)
{
    const std::string timeout =
        withTimeout ? R"("timeout": "P30D", "onTimeout": "late",)" : std::string();
    const std::string end = withTimeout ? R"(, "late": { "kind": "end" })" : std::string();
    return R"({ "signalbox": 1, "name": "Listener", "start": "listen", "steps": {
        "listen": { "kind": "wait", "event": "Ping", )" +
           timeout + R"( "next": "listen" })" + end + " } }";
}

} // namespace load
