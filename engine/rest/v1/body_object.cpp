#include "engine/rest/v1/body_object.h"

#include "engine/base/json_scan.h"
#include "engine/history/json_slices.h"

namespace engine {

JsonText BodyObject::payload(std::string_view key) const
{
    // Of two members of one name the last counts, as in a tree.
    JsonText found;
    for (const MemberSlice &member : membersOf(m_text.text()).value_or(std::vector<MemberSlice>())) {
        if (unquoted('"' + std::string(member.key) + '"') == key)
            found = JsonText::trusted(std::string(member.value));
    }
    return found;
}

Result<BodyObject> readObject(const std::string &body, const JsonLimits &limits,
    std::initializer_list<std::string_view> known)
{
    auto text = JsonText::parse(body, limits);
    if (!text)
        return text.error();
    const auto tree = std::make_shared<const nlohmann::json>(text->tree());
    auto object = JsonObjectReader::open(*tree);
    if (!object)
        return object.error();
    if (auto checked = object->onlyKeys(known); !checked)
        return checked.error();
    return BodyObject(*std::move(text), tree, *std::move(object));
}

} // namespace engine
