#include "app/command_line/audit_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

namespace app {

using nlohmann::json;

std::string auditText(const json &page)
{
    constexpr std::size_t widest = 60;
    Table table({"AT", "WHO", "VIA", "WHAT", "INSTANCE", "FLOW", "ABOUT", "REASON"});
    for (const json &entry : page.at("audit"))
        table.add({field(entry, "at"), field(entry, "who"), field(entry, "via"),
            field(entry, "operation"), field(entry, "instance"), field(entry, "flow"),
            shortened(field(entry, "about"), widest), shortened(field(entry, "reason"), widest)});
    if (table.isEmpty())
        return "no entries\n";
    const std::string next = field(page, "next");
    return table.text() + (next.empty() ? "" : "…and older ones: --after " + next + "\n");
}

} // namespace app
