#include "engine/model/demands.h"

#include "engine/base/authority.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace engine {
namespace {

const std::string anything = "*";

/// The string `value` as a constant; nothing if only running the flow tells.
std::optional<std::string> constantText(const nlohmann::json &value)
{
    if (!value.is_string())
        return {};
    auto text = value.get<std::string>();
    if (text.starts_with("=="))
        return text.substr(1);
    return text.starts_with('=') ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::string> constantMember(const nlohmann::json &object, const char *key)
{
    return object.is_object() && object.contains(key) ? constantText(object.at(key)) : std::nullopt;
}

/// What `text` surely begins with: all of a constant, or what stands before the first `${` of a
/// template string. Whether the rest leads elsewhere is looked at again when the activity runs.
std::optional<std::string> beginningOf(const nlohmann::json &object, const char *key)
{
    if (auto constant = constantMember(object, key))
        return constant;
    if (!object.is_object() || !object.contains(key) || !object.at(key).is_string())
        return {};
    const auto text = object.at(key).get<std::string>();
    if (!text.starts_with("=`"))
        return {};
    return text.substr(2, text.find_first_of("$`\\", 2) - 2);
}

std::string hostOf(const nlohmann::json &with)
{
    const auto url = constantMember(with, "url");
    if (!url) {
        // Only up to a slash is it sure that the host does not go on.
        const auto begun = beginningOf(with, "url").value_or("");
        const std::size_t scheme = begun.find("://");
        if (scheme == std::string::npos || begun.find('/', scheme + 3) == std::string::npos)
            return anything;
        return authorityOf(begun);
    }
    const std::string host = authorityOf(*url);
    return host.empty() || host.find("${") != std::string::npos ? anything : host;
}

std::string programOf(const nlohmann::json &with)
{
    if (!with.is_object() || !with.contains("command"))
        return anything;
    const auto &command = with.at("command");
    if (!command.is_array() || command.empty())
        return anything;
    return constantText(command.front()).value_or(anything);
}

std::string folderOf(const nlohmann::json &with)
{
    const auto path = beginningOf(with, "path");
    if (!path || (path->find('/') == std::string::npos && !constantMember(with, "path")))
        return anything;
    const std::size_t last = path->rfind('/');
    return last == std::string::npos ? "." : last == 0 ? "/" : path->substr(0, last);
}

void add(Demands &demands, const std::string &activity, const JsonText &with)
{
    if (activity == "http")
        demands.insert("http " + hostOf(with.tree()));
    else if (activity == "process")
        demands.insert("process " + programOf(with.tree()));
    else if (activity == "file")
        demands.insert("file " + folderOf(with.tree()));
    else if (activity == "sql")
        demands.insert("sql " + constantMember(with.tree(), "connection").value_or(anything));
    else if (activity == "mail") {
        const auto tree = with.tree();
        const bool usual = tree.is_object() && !tree.contains("connection");
        demands.insert(
            usual ? "mail" : "mail " + constantMember(tree, "connection").value_or(anything));
    }
}

} // namespace

Demands demandsOf(const Flow &flow)
{
    Demands demands;
    for (const Step &step : flow.steps) {
        if (const auto *activity = std::get_if<ActivityStep>(&step.body))
            add(demands, activity->activity, activity->with.written);
        else if (const auto *emit = std::get_if<EmitStep>(&step.body))
            demands.insert("emit " + hostOf(nlohmann::json{{"url", emit->url.written.tree()}}));
    }
    return demands;
}

std::string_view demandKind(std::string_view demand) { return demand.substr(0, demand.find(' ')); }

std::string_view demandTarget(std::string_view demand)
{
    const std::size_t blank = demand.find(' ');
    return blank == std::string_view::npos ? std::string_view{} : demand.substr(blank + 1);
}

std::string fingerprint(const Demands &demands)
{
    std::string text;
    for (const std::string &demand : demands)
        text += demand + '\n';
    return text;
}

} // namespace engine
