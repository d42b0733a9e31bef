#include "engine/model/json_merge.h"

#include "engine/model/written_json.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace engine {
namespace {

using Places = std::map<std::string_view, std::size_t>;

/// Where each key stands; the first counts.
Places placesIn(const OrderedJson &object)
{
    Places places;
    for (std::size_t i = 0; i < object.members.size(); ++i)
        places.try_emplace(object.members[i].first, i);
    return places;
}

const OrderedJson *valueAt(const OrderedJson &object, const Places &places, std::string_view key)
{
    const auto found = places.find(key);
    return found == places.end() ? nullptr : &object.members[found->second].second;
}

/// New keys by the old ones for members that were removed under one key and came back under
/// another.
std::map<std::string_view, std::string_view> renamed(
    const OrderedJson &before, const OrderedJson &after)
{
    const Places old = placesIn(before);
    const Places current = placesIn(after);
    std::map<std::string, std::string_view> gone;
    for (const auto &[key, value] : before.members)
        if (!current.contains(key))
            gone.try_emplace(printed(value, {}), key);
    std::map<std::string_view, std::string_view> names;
    for (const auto &[key, value] : after.members) {
        if (gone.empty())
            break;
        if (old.contains(key))
            continue;
        if (const auto found = gone.find(printed(value, {})); found != gone.end()) {
            names.emplace(found->second, key);
            gone.erase(found);
        }
    }
    return names;
}

/// One member of an object with the space around it.
struct Piece {
    std::string key;  ///< its key in the new object
    std::string lead; ///< from the brace or comma before
    std::string name; ///< quoted key, colon and the space around it
    std::string value;
    std::string trail; ///< up to the comma or brace behind
    bool wasFirst = false;
};

std::size_t keyEnd(std::string_view text, std::size_t begin)
{
    std::size_t at = begin + 1;
    while (text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

std::string_view lastLine(std::string_view text)
{
    const std::size_t newline = text.rfind('\n');
    return newline == std::string_view::npos ? text : text.substr(newline + 1);
}

bool isOneLine(std::string_view text) { return text.find('\n') == std::string_view::npos; }

/// The space of an object's text: what stands between its members.
struct Spacing {
    std::string first; ///< before the first member
    std::string later; ///< before the others
    std::string colon;
    std::string closing; ///< before the brace
};

class Merger
{
public:
    explicit Merger(std::string_view text, JsonStyle style)
        : m_text(text)
        , m_style(std::move(style))
    {}

    std::string value(const WrittenValue &written, const OrderedJson &before,
        const OrderedJson &after, const std::string &indent)
    {
        if (before == after)
            return std::string(written.in(m_text));
        const bool sameKind = written.kind == after.kind && before.kind == after.kind;
        if (sameKind && after.kind == JsonKind::Object && !written.members.empty())
            return object(written, before, after, indent);
        if (sameKind && after.kind == JsonKind::Array &&
            written.members.size() == after.members.size() &&
            before.members.size() == after.members.size())
            return array(written, before, after, indent);
        return printed(after, m_style, indent, indent.size());
    }

private:
    std::string array(const WrittenValue &written, const OrderedJson &before,
        const OrderedJson &after, const std::string &indent)
    {
        std::string text;
        std::size_t done = written.begin;
        for (std::size_t i = 0; i < after.members.size(); ++i) {
            const WrittenValue &element = written.members[i].value;
            const std::string_view lead = m_text.substr(done, element.begin - done);
            text += lead;
            text += value(element, before.members[i].second, after.members[i].second,
                isOneLine(lead) ? indent : std::string(lastLine(lead)));
            done = element.end;
        }
        return text + std::string(m_text.substr(done, written.end - done));
    }

    std::string object(const WrittenValue &written, const OrderedJson &before,
        const OrderedJson &after, const std::string &indent)
    {
        const Spacing spacing = spacingOf(written);
        std::vector<Piece> pieces = keptPieces(written, before, after, indent);
        if (isReordered(before, after))
            reorder(pieces, after);
        addNew(pieces, before, after, spacing, indent);
        std::string text = "{";
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            Piece &piece = pieces[i];
            if (i == 0)
                piece.lead = spacing.first;
            else if (piece.wasFirst)
                piece.lead = spacing.later;
            text += piece.lead + piece.name + piece.value + piece.trail;
            text += i + 1 < pieces.size() ? "," : "";
        }
        return text + (pieces.empty() ? "" : spacing.closing) + "}";
    }

    Spacing spacingOf(const WrittenValue &written) const
    {
        const WrittenMember &first = written.members.front();
        const WrittenMember &last = written.members.back();
        Spacing spacing;
        spacing.first = m_text.substr(written.begin + 1, first.keyBegin - written.begin - 1);
        spacing.later = written.members.size() > 1 ? leadOf(written, 1) : spacing.first;
        const std::size_t end = keyEnd(m_text, first.keyBegin);
        spacing.colon = m_text.substr(end, first.value.begin - end);
        spacing.closing = m_text.substr(last.value.end, written.end - 1 - last.value.end);
        return spacing;
    }

    std::string leadOf(const WrittenValue &written, std::size_t index) const
    {
        const std::size_t previous =
            index == 0 ? written.begin : written.members[index - 1].value.end;
        const std::size_t delimiter = index == 0 ? previous : m_text.find(',', previous);
        return std::string(
            m_text.substr(delimiter + 1, written.members[index].keyBegin - delimiter - 1));
    }

    std::string trailOf(const WrittenValue &written, std::size_t index) const
    {
        if (index + 1 == written.members.size())
            return {}; // it is the space before the brace
        const std::size_t end = written.members[index].value.end;
        return std::string(m_text.substr(end, m_text.find(',', end) - end));
    }

    std::vector<Piece> keptPieces(const WrittenValue &written, const OrderedJson &before,
        const OrderedJson &after, const std::string &indent)
    {
        const Places old = placesIn(before);
        const Places current = placesIn(after);
        const auto names = renamed(before, after);
        std::set<std::string_view> seen;
        std::vector<Piece> pieces;
        for (std::size_t i = 0; i < written.members.size(); ++i) {
            const WrittenMember &member = written.members[i];
            const bool repeated = !seen.insert(member.key).second;
            const auto name = names.find(member.key);
            const std::string key(
                name == names.end() ? std::string_view(member.key) : name->second);
            const OrderedJson *now = valueAt(after, current, key);
            const OrderedJson *then = valueAt(before, old, member.key);
            if ((then && !now) || (repeated && name != names.end()))
                continue;
            Piece piece{repeated ? std::string() : key, leadOf(written, i), nameOf(member, key), {},
                trailOf(written, i), i == 0};
            const std::string inner = innerIndent(piece.lead, indent);
            if (!now || repeated)
                piece.value = member.value.in(m_text);
            else if (!then)
                piece.value = printed(*now, m_style, inner, inner.size() + piece.name.size());
            else
                piece.value = fitted(value(member.value, *then, *now, inner), member, piece, inner);
            pieces.push_back(std::move(piece));
        }
        return pieces;
    }

    /// A line that an edit made too long is broken like a new one.
    std::string fitted(std::string text, const WrittenMember &member, const Piece &piece,
        const std::string &inner) const
    {
        const bool changed = text != member.value.in(m_text);
        if (!changed || isOneLine(piece.lead) || !isOneLine(text) ||
            inner.size() + piece.name.size() + text.size() < widestLine)
            return text;
        return printed(orderedJson(text), m_style, inner, inner.size() + piece.name.size());
    }

    std::string nameOf(const WrittenMember &member, const std::string &key) const
    {
        if (key == member.key)
            return std::string(
                m_text.substr(member.keyBegin, member.value.begin - member.keyBegin));
        const std::size_t end = keyEnd(m_text, member.keyBegin);
        return JsonText::ofString(key).text() +
               std::string(m_text.substr(end, member.value.begin - end));
    }

    static std::string innerIndent(const std::string &lead, const std::string &indent)
    {
        return isOneLine(lead) ? indent : std::string(lastLine(lead));
    }

    static bool isReordered(const OrderedJson &before, const OrderedJson &after)
    {
        const Places current = placesIn(after);
        const auto names = renamed(before, after);
        std::set<std::string_view> seen;
        std::size_t last = 0;
        for (const auto &[key, value] : before.members) {
            if (!seen.insert(key).second)
                continue;
            const auto name = names.find(key);
            const auto place = current.find(name == names.end() ? key : name->second);
            if (place == current.end())
                continue;
            if (place->second < last)
                return true;
            last = place->second;
        }
        return false;
    }

    static void reorder(std::vector<Piece> &pieces, const OrderedJson &after)
    {
        const Places current = placesIn(after);
        std::ranges::stable_sort(pieces, {}, [&current](const Piece &piece) {
            const auto place = current.find(piece.key);
            return place == current.end() ? current.size() : place->second;
        });
    }

    void addNew(std::vector<Piece> &pieces, const OrderedJson &before, const OrderedJson &after,
        const Spacing &spacing, const std::string &indent)
    {
        const Places old = placesIn(before);
        std::set<std::string, std::less<>> present;
        for (const Piece &piece : pieces)
            present.insert(piece.key);
        std::size_t at = 0; // behind the member that stands before in `after`
        for (const auto &[key, value] : after.members) {
            if (present.contains(key)) {
                at = placeOf(pieces, key, at) + 1;
                continue;
            }
            // Said by leaving it out before, and still.
            if (const OrderedJson *then = valueAt(before, old, key); then && *then == value)
                continue;
            Piece piece{key, at == 0 ? spacing.first : spacing.later,
                JsonText::ofString(key).text() + spacing.colon, {}, {}};
            const std::string inner = innerIndent(piece.lead, indent);
            piece.value = printed(value, m_style, inner, inner.size() + piece.name.size());
            pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(at), std::move(piece));
            ++at;
        }
    }

    /// Mostly the next one; so the search begins there.
    static std::size_t placeOf(
        const std::vector<Piece> &pieces, const std::string &key, std::size_t from)
    {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const std::size_t at = (from + i) % pieces.size();
            if (pieces[at].key == key)
                return at;
        }
        return pieces.size();
    }

    std::string_view m_text;
    JsonStyle m_style;
};

JsonStyle styleOf(std::string_view text, const WrittenValue &root)
{
    JsonStyle style;
    if (text.find("\r\n") != std::string_view::npos)
        style.newline = "\r\n";
    std::size_t done = root.begin + 1;
    for (const WrittenMember &member : root.members) {
        const std::string_view lead = text.substr(done, member.keyBegin - done);
        if (!isOneLine(lead)) {
            style.unit = lastLine(lead);
            break;
        }
        done = member.value.end;
    }
    return style;
}

} // namespace

std::string mergedJson(
    std::string_view original, const OrderedJson &before, const OrderedJson &after)
{
    const auto root = writtenJson(original);
    if (!root)
        return printed(after, {}) + "\n";
    Merger merger(original, styleOf(original, *root));
    return std::string(original.substr(0, root->begin)) + merger.value(*root, before, after, {}) +
           std::string(original.substr(root->end));
}

} // namespace engine
