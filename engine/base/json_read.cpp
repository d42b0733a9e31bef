#include "engine/base/json_read.h"

#include "engine/base/json_pointer.h"

#include <algorithm>

namespace engine {
namespace {

std::string named(std::string_view key) { return "'" + std::string(key) + "'"; }

} // namespace

JsonObjectReader::JsonObjectReader(const nlohmann::json &tree, std::string pointer)
    : m_tree(&tree)
    , m_pointer(std::move(pointer))
{}

Result<JsonObjectReader> JsonObjectReader::open(const nlohmann::json &tree, std::string pointer)
{
    if (!tree.is_object())
        return Error{ErrorCode::InvalidArgument,
            (pointer.empty() ? std::string("the value") : named(pointer)) + " must be an object",
            pointer};
    return JsonObjectReader(tree, std::move(pointer));
}

bool JsonObjectReader::has(std::string_view key) const { return m_tree->contains(key); }

Result<std::string> JsonObjectReader::text(std::string_view key) const
{
    const auto found = m_tree->find(key);
    if (found == m_tree->end() || !found->is_string())
        return Error{ErrorCode::InvalidArgument, named(key) + " must be a string", pointerTo(key)};
    return found->get<std::string>();
}

Result<std::int64_t> JsonObjectReader::integer(std::string_view key) const
{
    const auto found = m_tree->find(key);
    const bool tooLarge = found != m_tree->end() && found->is_number_unsigned() &&
                          found->get<std::uint64_t>() > std::uint64_t{INT64_MAX};
    if (found == m_tree->end() || !found->is_number_integer() || tooLarge)
        return Error{
            ErrorCode::InvalidArgument, named(key) + " must be a whole number", pointerTo(key)};
    return found->get<std::int64_t>();
}

Result<bool> JsonObjectReader::boolean(std::string_view key) const
{
    const auto found = m_tree->find(key);
    if (found == m_tree->end() || !found->is_boolean())
        return Error{
            ErrorCode::InvalidArgument, named(key) + " must be true or false", pointerTo(key)};
    return found->get<bool>();
}

JsonText JsonObjectReader::value(std::string_view key) const
{
    const auto found = m_tree->find(key);
    return found == m_tree->end() ? JsonText() : JsonText::of(*found);
}

Result<std::optional<std::string>> JsonObjectReader::optionalText(std::string_view key) const
{
    if (!has(key))
        return std::optional<std::string>();
    auto value = text(key);
    if (!value)
        return value.error();
    return std::optional(*std::move(value));
}

Result<std::optional<std::int64_t>> JsonObjectReader::optionalInteger(std::string_view key) const
{
    if (!has(key))
        return std::optional<std::int64_t>();
    const auto value = integer(key);
    if (!value)
        return value.error();
    return std::optional(*value);
}

Result<void> JsonObjectReader::onlyKeys(std::initializer_list<std::string_view> known) const
{
    for (const auto &[key, value] : m_tree->items())
        if (std::ranges::find(known, std::string_view(key)) == known.end())
            return Error{
                ErrorCode::InvalidArgument, named(key) + " is not known here", pointerTo(key)};
    return {};
}

std::string JsonObjectReader::pointerTo(std::string_view key) const
{
    return childPointer(m_pointer, key);
}

} // namespace engine
