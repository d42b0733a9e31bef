#include "app/command_line/history_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

#include <set>

namespace app {
namespace {

using nlohmann::json;

/// What only some facts have: `to=ship way=otherwise`.
std::string restOf(const json &fact)
{
    static const std::set<std::string, std::less<>> shown{"sequence", "at", "type", "step"};
    constexpr std::size_t widest = 100;
    std::string text;
    for (const auto &[name, value] : fact.items()) {
        if (!shown.contains(name) && !value.is_null())
            text += (text.empty() ? "" : " ") + name + "=" +
                    (value.is_string() ? value.get<std::string>() : value.dump());
    }
    return shortened(text, widest);
}

} // namespace

std::string historyText(const json &page)
{
    Table table({"NUMBER", "AT", "FACT", "STEP", "MORE"});
    for (const json &fact : page.at("events"))
        table.add({field(fact, "sequence"), field(fact, "at"), field(fact, "type"),
            field(fact, "step"), restOf(fact)});
    const std::string next = field(page, "next");
    return (table.isEmpty() ? "nothing from there on\n" : table.text()) +
           (next.empty() ? "" : "…and more: --from " + next + "\n");
}

} // namespace app
