#include "app/command_line/calls.h"

#include "app/command_line/commands.h"
#include "app/command_line/printing.h"
#include "app/command_line/problem_text.h"

#include <nlohmann/json.hpp>

namespace app {
namespace {

using nlohmann::json;

json bodyOf(const HttpReply &reply) { return json::parse(reply.body, nullptr, false); }

/// Anything else than an object is an answer of somebody else's server.
int sayStrange(const HttpReply &reply, const std::string &place = {})
{
    printError(place + "the answer, status " + std::to_string(reply.status) +
               ", is not one of Signalbox; is the address right?");
    return NotReachable;
}

} // namespace

int statusOf(const engine::Error &error)
{
    return error.code == engine::ErrorCode::InvalidArgument ? WrongUsage : NotReachable;
}

int sayRefused(
    const HttpReply &reply, const Target &target, const std::string &file, const std::string &place)
{
    const json body = bodyOf(reply);
    if (!body.is_object() || !body.contains("detail") || !body.at("detail").is_string())
        return sayStrange(reply, place);
    if (target.json)
        print(reply.body + "\n");
    if (target.json && place.empty())
        return Refused;
    printError(place + body.at("detail").get<std::string>());
    if (!target.json && body.contains("problems"))
        print(problemText(file, body.at("problems")));
    return Refused;
}

int sayAnswer(
    const HttpReply &reply, const Target &target, const Said &said, const std::string &file)
{
    if (!reply.isDone())
        return sayRefused(reply, target, file);
    const json body = bodyOf(reply);
    if (!body.is_object())
        return sayStrange(reply);
    if (target.json) {
        print(reply.body + (reply.body.ends_with('\n') ? "" : "\n"));
        return Done;
    }
    try {
        print(said(body));
    } catch (const json::exception &) {
        return sayStrange(reply);
    }
    return Done;
}

int callAndSay(const Target &target, const ApiCall &call, const Said &said, const std::string &file)
{
    const auto connection = Connection::open(target);
    if (!connection)
        return fail(connection.error(), NotReachable);
    return callAndSay(**connection, target, call, said, file);
}

int callAndSay(const Connection &connection, const Target &target, const ApiCall &call,
    const Said &said, const std::string &file)
{
    const auto reply = connection.call(call);
    if (!reply)
        return fail(reply.error(), statusOf(reply.error()));
    return sayAnswer(*reply, target, said, file);
}

std::variant<json, int> fetched(
    const Connection &connection, const Target &target, const std::string &path)
{
    const auto reply = connection.call({.path = path});
    if (!reply)
        return fail(reply.error(), NotReachable);
    if (!reply->isDone())
        return sayRefused(*reply, target, {});
    json body = bodyOf(*reply);
    if (!body.is_object())
        return sayStrange(*reply);
    return body;
}

} // namespace app
