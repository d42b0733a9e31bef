#include "engine/model/schema/schema_resources.h"

#include "engine/base/json_pointer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace engine {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 11> holdsOne{"items", "contains", "additionalProperties",
    "propertyNames", "unevaluatedItems", "unevaluatedProperties", "if", "then", "else", "not",
    "contentSchema"};
constexpr std::array<std::string_view, 4> holdsList{"allOf", "anyOf", "oneOf", "prefixItems"};
constexpr std::array<std::string_view, 4> holdsMap{
    "$defs", "properties", "patternProperties", "dependentSchemas"};

struct Uri {
    std::string scheme;    ///< with its colon
    std::string authority; ///< with its slashes
    std::string path;
    std::string query;    ///< with its question mark
    std::string fragment; ///< with its hash
};

Uri split(std::string_view text)
{
    Uri uri;
    const auto cut = [&text](std::size_t at) {
        std::string tail(text.substr(std::min(at, text.size())));
        text = text.substr(0, at);
        return tail;
    };
    uri.fragment = cut(text.find('#'));
    uri.query = cut(text.find('?'));
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos && colon < text.find('/')) {
        uri.scheme = text.substr(0, colon + 1);
        text.remove_prefix(colon + 1);
    }
    if (text.starts_with("//")) {
        const std::size_t end = std::min(text.find('/', 2), text.size());
        uri.authority = text.substr(0, end);
        text.remove_prefix(end);
    }
    uri.path = text;
    return uri;
}

std::string joined(const Uri &uri)
{
    return uri.scheme + uri.authority + uri.path + uri.query + uri.fragment;
}

std::string withoutDots(std::string_view path)
{
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        const bool last = end == path.size();
        if (part == "..") {
            if (parts.size() > 1)
                parts.pop_back();
        } else if (part != ".") {
            parts.push_back(part);
        }
        if (last && (part == "." || part == ".."))
            parts.emplace_back();
        begin = end + 1;
    }
    std::string result;
    for (std::size_t i = 0; i < parts.size(); ++i)
        result += (i ? "/" : "") + std::string(parts[i]);
    return result;
}

/// The URI and its fragment, without the hash.
std::pair<std::string, std::string> cutFragment(const std::string &uri)
{
    const std::size_t hash = uri.find('#');
    return hash == std::string::npos ? std::pair{uri, std::string()}
                                     : std::pair{uri.substr(0, hash), uri.substr(hash + 1)};
}

int hexDigit(char letter)
{
    const std::size_t at =
        std::string_view("0123456789abcdef").find(static_cast<char>(letter | 0x20));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

/// One part of a JSON pointer, without its escapes.
std::string unescaped(std::string_view part)
{
    std::string result;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] == '~' && i + 1 < part.size())
            result += part[++i] == '1' ? '/' : '~';
        else
            result += part[i];
    }
    return result;
}

const json *child(const json &parent, const std::string &key)
{
    if (parent.is_object()) {
        const auto found = parent.find(key);
        return found == parent.end() ? nullptr : &*found;
    }
    const bool number = !key.empty() && key.size() < 9 && std::ranges::all_of(key, [](char letter) {
        return letter >= '0' && letter <= '9';
    });
    if (!parent.is_array() || !number || std::stoul(key) >= parent.size())
        return nullptr;
    return &parent[std::stoul(key)];
}

} // namespace

std::string resolvedUri(std::string_view base, std::string_view reference)
{
    Uri target = split(reference);
    if (!target.scheme.empty())
        return joined(target);
    const Uri from = split(base);
    target.scheme = from.scheme;
    if (!target.authority.empty())
        return joined(target);
    target.authority = from.authority;
    if (target.path.empty()) {
        target.path = from.path;
        if (target.query.empty())
            target.query = from.query;
        return joined(target);
    }
    if (!target.path.starts_with('/')) {
        const std::size_t last = from.path.rfind('/');
        if (last != std::string::npos)
            target.path = from.path.substr(0, last + 1) + target.path;
        else if (!from.authority.empty())
            target.path = "/" + target.path;
    }
    target.path = withoutDots(target.path);
    return joined(target);
}

SubschemaForm subschemaForm(std::string_view keyword)
{
    if (std::ranges::find(holdsOne, keyword) != holdsOne.end())
        return SubschemaForm::One;
    if (std::ranges::find(holdsList, keyword) != holdsList.end())
        return SubschemaForm::List;
    return std::ranges::find(holdsMap, keyword) != holdsMap.end() ? SubschemaForm::Map
                                                                  : SubschemaForm::None;
}

void forEachSubschema(const json &schema, const std::string &pointer,
    const std::function<void(const json &, const std::string &)> &visit)
{
    if (!schema.is_object())
        return;
    for (const auto &[keyword, value] : schema.items()) {
        const std::string place = childPointer(pointer, keyword);
        const SubschemaForm form = subschemaForm(keyword);
        if (form == SubschemaForm::One)
            visit(value, place);
        if (form == SubschemaForm::List && value.is_array())
            for (std::size_t i = 0; i < value.size(); ++i)
                visit(value[i], childPointer(place, i));
        if (form == SubschemaForm::Map && value.is_object())
            for (const auto &[key, one] : value.items())
                visit(one, childPointer(place, key));
    }
}

SchemaResources::SchemaResources(const json &root)
{
    m_resources[""] = {&root, baseOf(root, {})};
    index(root, {});
}

std::string SchemaResources::baseOf(const json &schema, const std::string &base)
{
    if (!schema.is_object() || !schema.contains("$id") || !schema["$id"].is_string())
        return base;
    return cutFragment(resolvedUri(base, schema["$id"].get_ref<const std::string &>())).first;
}

/// As deep as the document, which is limited where it was read.
void SchemaResources::index(const json &schema, const std::string &outer)
{
    const std::string base = baseOf(schema, outer);
    const Target here{&schema, base};
    if (base != outer)
        m_resources.try_emplace(base, here);
    const auto anchor = [&](const char *keyword, std::map<std::string, Target> &anchors) {
        if (schema.is_object() && schema.contains(keyword) && schema[keyword].is_string())
            anchors.try_emplace(base + "#" + schema[keyword].get<std::string>(), here);
    };
    anchor("$anchor", m_anchors);
    anchor("$dynamicAnchor", m_anchors);
    anchor("$dynamicAnchor", m_dynamicAnchors);
    forEachSubschema(
        schema, {}, [&](const json &inner, const std::string &) { index(inner, base); });
}

SchemaResources::Target SchemaResources::target(
    const std::string &base, std::string_view reference) const
{
    const auto [uri, fragment] = cutFragment(resolvedUri(base, reference));
    const auto resource = m_resources.find(uri);
    if (resource == m_resources.end())
        return {};
    const std::string name = percentDecoded(fragment);
    if (name.empty() || name.starts_with('/'))
        return pointed(resource->second, name);
    const auto anchor = m_anchors.find(resource->second.base + "#" + name);
    return anchor == m_anchors.end() ? Target{} : anchor->second;
}

SchemaResources::Target SchemaResources::pointed(
    const Target &resource, const std::string &pointer) const
{
    Target found = resource;
    std::size_t begin = 1;
    while (found.schema && begin <= pointer.size()) {
        const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
        found.schema =
            child(*found.schema, unescaped(std::string_view(pointer).substr(begin, end - begin)));
        if (found.schema)
            found.base = baseOf(*found.schema, found.base);
        begin = end + 1;
    }
    return found;
}

SchemaResources::Target SchemaResources::dynamicTarget(const std::string &base,
    std::string_view reference, const std::vector<std::string> &scope) const
{
    const Target first = target(base, reference);
    const std::string name = cutFragment(std::string(reference)).second;
    if (!first.schema || !m_dynamicAnchors.contains(first.base + "#" + name))
        return first;
    for (const std::string &resource : scope)
        if (const auto found = m_dynamicAnchors.find(resource + "#" + name);
            found != m_dynamicAnchors.end())
            return found->second;
    return first;
}

} // namespace engine
