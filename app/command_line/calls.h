#pragma once

#include "app/command_line/connection.h"

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>

namespace app {

/// What an answer becomes on a terminal.
using Said = std::function<std::string(const nlohmann::json &)>;

/// Makes the call and prints its answer by `said`, or as it is for `--json`. `file` is what the
/// problems of a refusal are about. The exit status.
int callAndSay(
    const Target &target, const ApiCall &call, const Said &said, const std::string &file = {});
int callAndSay(const Connection &connection, const Target &target, const ApiCall &call,
    const Said &said, const std::string &file = {});
/// What a call ends with that got no answer: it could not be made, or nobody was there.
int statusOf(const engine::Error &error);
/// Prints what a call answered, as above.
int sayAnswer(
    const HttpReply &reply, const Target &target, const Said &said, const std::string &file = {});
/// Prints why a call was refused, behind `place`; Refused, or NotReachable if it is none of
/// Signalbox's answers.
int sayRefused(const HttpReply &reply, const Target &target, const std::string &file = {},
    const std::string &place = {});
/// What a GET answers; or, if it was refused, which has been said, the exit status.
std::variant<nlohmann::json, int> fetched(
    const Connection &connection, const Target &target, const std::string &path);

} // namespace app
