#include "engine/model/schema/schema_members.h"

#include <nlohmann/json.hpp>

namespace engine {

using nlohmann::json;

namespace {

constexpr std::size_t longestText = 80;

/// The JSON of `value`, at least as far as it is shown: a large one is not printed for nothing.
void append(const json &value, std::string &text)
{
    if (value.is_string() && value.get_ref<const std::string &>().size() > 2 * longestText) {
        std::string beginning = value.get_ref<const std::string &>().substr(0, 2 * longestText);
        text += json(beginning).dump(-1, ' ', false, json::error_handler_t::ignore);
        return;
    }
    if (!value.is_structured()) {
        text += value.dump(-1, ' ', false, json::error_handler_t::replace);
        return;
    }
    text += value.is_object() ? '{' : '[';
    const std::size_t begin = text.size();
    for (auto item = value.begin(); item != value.end() && text.size() <= longestText; ++item) {
        if (text.size() > begin)
            text += ',';
        if (value.is_object()) {
            append(item.key(), text);
            text += ':';
        }
        append(*item, text);
    }
    text += value.is_object() ? '}' : ']';
}

} // namespace

const json *memberOf(const json &schema, const char *keyword)
{
    const auto found = schema.find(keyword);
    return found == schema.end() ? nullptr : &*found;
}

const json *listOf(const json &schema, const char *keyword)
{
    const json *found = memberOf(schema, keyword);
    return found && found->is_array() ? found : nullptr;
}

const json *mapOf(const json &schema, const char *keyword)
{
    const json *found = memberOf(schema, keyword);
    return found && found->is_object() ? found : nullptr;
}

const json *textOf(const json &schema, const char *keyword)
{
    const json *found = memberOf(schema, keyword);
    return found && found->is_string() ? found : nullptr;
}

std::optional<double> limitOf(const json &schema, const char *keyword)
{
    const json *found = memberOf(schema, keyword);
    return found && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::string faultSentence(const std::string &pointer, const std::string &says)
{
    return (pointer.empty() ? "The value" : "'" + pointer + "'") + " " + says + ".";
}

std::string amount(double count)
{
    constexpr double exact = 9007199254740992.0;
    const bool whole = count >= -exact && count <= exact &&
                       count == static_cast<double>(static_cast<long long>(count));
    return shortText(whole ? json(static_cast<long long>(count)) : json(count));
}

std::string shortText(const json &value)
{
    std::string text;
    append(value, text);
    if (text.size() <= longestText)
        return text;
    std::size_t end = longestText;
    while (end > 0 && (text[end] & 0xC0) == 0x80)
        --end;
    return text.substr(0, end) + "…";
}

} // namespace engine
