#include "engine/rest/v1/parameters.h"

#include "engine/base/calendar.h"
#include "engine/base/joined.h"
#include "engine/rest/rest_message.h"

#include <algorithm>
#include <charconv>

namespace engine {

namespace {

Error wrongParameter(std::string_view name, const std::string &expected)
{
    return {ErrorCode::InvalidArgument, "parameter '" + std::string(name) + "' must be " + expected,
        {}};
}

Result<InstanceStatus> statusOfWord(std::string_view word)
{
    constexpr std::string_view known = "one of Pending, Running, Suspended, Completed, Failed, "
                                       "Terminated; several are joined by commas";
    for (const auto status :
        {InstanceStatus::Pending, InstanceStatus::Running, InstanceStatus::Suspended,
            InstanceStatus::Completed, InstanceStatus::Failed, InstanceStatus::Terminated})
        if (sameText(word, toText(status)))
            return status;
    return wrongParameter("status", std::string(known));
}

Result<std::vector<InstanceStatus>> statuses(std::string_view list)
{
    std::vector<InstanceStatus> result;
    while (!list.empty()) {
        const std::string_view word = list.substr(0, list.find(','));
        auto status = statusOfWord(word);
        if (!status)
            return status.error();
        result.push_back(*status);
        list.remove_prefix(std::min(list.size(), word.size() + 1));
    }
    return result;
}

Result<std::optional<Instant>> timeParameter(const UrlQuery &query, std::string_view name)
{
    const std::string text = query.value(name);
    if (text.empty())
        return std::optional<Instant>();
    auto instant = instantFromText(text);
    if (!instant)
        return wrongParameter(name, "a time such as 2026-01-31T23:59:59Z (write '+' as %2B)");
    return std::optional(*instant);
}

Result<std::optional<bool>> flagParameter(const UrlQuery &query, std::string_view name)
{
    const std::string text = query.value(name);
    if (text.empty())
        return std::optional<bool>();
    if (!sameText(text, "true") && !sameText(text, "false"))
        return wrongParameter(name, "true or false");
    return std::optional(sameText(text, "true"));
}

} // namespace

Result<void> onlyParameters(const UrlQuery &query, std::initializer_list<std::string_view> known)
{
    for (const auto &[name, value] : query.parameters()) {
        const auto isName = [&](std::string_view one) { return sameText(one, name); };
        if (isName("code") || std::ranges::any_of(known, isName))
            continue;
        const std::string list = joined(known);
        return Error{ErrorCode::InvalidArgument,
            "there is no parameter '" + name + "' here" +
                (list.empty() ? std::string() : "; known are " + list),
            {}};
    }
    return {};
}

Result<std::int64_t> numberParameter(const UrlQuery &query, const NumberParameter &wanted)
{
    const std::string text = query.value(wanted.name);
    if (text.empty())
        return wanted.otherwise;
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number < wanted.least ||
        number > wanted.most)
        return wrongParameter(wanted.name, "a whole number from " + std::to_string(wanted.least) +
                                               " to " + std::to_string(wanted.most));
    return number;
}

Result<InstanceFilter> instanceFilter(const UrlQuery &query)
{
    InstanceFilter filter;
    auto wanted = statuses(query.value("status"));
    if (!wanted)
        return wanted.error();
    auto waiting = flagParameter(query, "waiting");
    if (!waiting)
        return waiting.error();
    auto from = timeParameter(query, "createdFrom");
    if (!from)
        return from.error();
    auto to = timeParameter(query, "createdTo");
    if (!to)
        return to.error();
    filter.statuses = *std::move(wanted);
    filter.waiting = *waiting;
    filter.createdFrom = *from;
    filter.createdTo = *to;
    filter.flow = {query.value("flow")};
    filter.idPrefix = query.value("idPrefix");
    filter.text = query.value("text");
    return filter;
}

} // namespace engine
