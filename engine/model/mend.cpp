#include "engine/model/mend.h"

#include "engine/base/json_pointer.h"
#include "engine/base/json_text.h"
#include "engine/model/json_merge.h"
#include "engine/model/ordered_json.h"
#include "engine/model/written_json.h"

#include <algorithm>

namespace engine {
namespace {

std::string_view lastPart(std::string_view pointer)
{
    return pointer.substr(parentPointer(pointer).size());
}

/// One part of a JSON pointer without its slash and escapes.
std::string keyOf(std::string_view part)
{
    std::string key;
    for (std::size_t i = part.starts_with('/') ? 1 : 0; i < part.size(); ++i) {
        if (part[i] == '~' && i + 1 < part.size())
            key += part[++i] == '0' ? '~' : '/';
        else
            key += part[i];
    }
    return key;
}

/// The member of `parent` that the last part of `pointer` names; end: there is none.
std::vector<OrderedJson::Member>::iterator memberAt(OrderedJson &parent, std::string_view pointer)
{
    const std::string key = keyOf(lastPart(pointer));
    if (parent.kind == JsonKind::Object)
        return std::ranges::find(parent.members, key, &OrderedJson::Member::first);
    for (std::size_t i = 0; i < parent.members.size(); ++i)
        if (std::to_string(i) == key)
            return parent.members.begin() + static_cast<std::ptrdiff_t>(i);
    return parent.members.end();
}

/// nullptr: there is none. As deep as the pointer, which is as deep as a file.
OrderedJson *valueAt(OrderedJson &root, std::string_view pointer)
{
    if (pointer.empty())
        return &root;
    OrderedJson *parent = valueAt(root, parentPointer(pointer));
    if (!parent)
        return nullptr;
    const auto member = memberAt(*parent, pointer);
    return member == parent->members.end() ? nullptr : &member->second;
}

void removeAt(OrderedJson &root, std::string_view pointer)
{
    OrderedJson *parent = valueAt(root, parentPointer(pointer));
    if (!parent)
        return;
    if (const auto member = memberAt(*parent, pointer); member != parent->members.end())
        parent->members.erase(member);
}

bool apply(OrderedJson &root, const Mend &mend)
{
    OrderedJson *parent = valueAt(root, parentPointer(mend.pointer));
    if (!parent || mend.pointer.empty())
        return false;
    const auto member = memberAt(*parent, mend.pointer);
    const bool present = member != parent->members.end();
    if (mend.kind == Mend::Kind::Add) {
        if (parent->kind == JsonKind::Object && !present)
            parent->members.emplace_back(keyOf(lastPart(mend.pointer)), orderedJson(mend.value));
        return parent->kind == JsonKind::Object && !present;
    }
    if (!present)
        return false;
    switch (mend.kind) {
    case Mend::Kind::Replace: member->second = orderedJson(mend.value); break;
    case Mend::Kind::Rename: member->first = mend.value; break;
    case Mend::Kind::Remove: {
        const std::string step = keyOf(lastPart(mend.pointer));
        parent->members.erase(member);
        if (parentPointer(mend.pointer) == "/steps")
            removeAt(root, childPointer("/layout/steps", step));
        break;
    }
    case Mend::Kind::Add: break;
    }
    return true;
}

} // namespace

Mend replaceByText(std::string pointer, std::string_view value)
{
    return {Mend::Kind::Replace, std::move(pointer), JsonText::ofString(value).text()};
}

Mend addText(std::string pointer, std::string_view value)
{
    return {Mend::Kind::Add, std::move(pointer), JsonText::ofString(value).text()};
}

Mend removeMember(std::string pointer) { return {Mend::Kind::Remove, std::move(pointer), {}}; }

Mend renameMember(std::string pointer, std::string key)
{
    return {Mend::Kind::Rename, std::move(pointer), std::move(key)};
}

std::string_view toText(Mend::Kind kind)
{
    switch (kind) {
    case Mend::Kind::Replace: return "replace";
    case Mend::Kind::Add: return "add";
    case Mend::Kind::Remove: return "remove";
    case Mend::Kind::Rename: return "rename";
    }
    return "replace";
}

std::string sentence(const Mend &mend)
{
    const std::string key = keyOf(lastPart(mend.pointer));
    switch (mend.kind) {
    case Mend::Kind::Replace: return "write " + mend.value;
    case Mend::Kind::Add: return "add " + JsonText::ofString(key).text() + ": " + mend.value;
    case Mend::Kind::Remove: return "remove '" + key + "'";
    case Mend::Kind::Rename: return "rename '" + key + "' to '" + mend.value + "'";
    }
    return {};
}

Result<std::string> mended(std::string_view flowText, const Mend &mend)
{
    if (const auto written = writtenJson(flowText); !written)
        return written.error();
    const OrderedJson before = orderedJson(flowText);
    OrderedJson after = before;
    if (!apply(after, mend))
        return Error{ErrorCode::NotFound, "the file has no place '" + mend.pointer + "' to mend",
            mend.pointer};
    return mergedJson(flowText, before, after);
}

} // namespace engine
