#pragma once

#include "engine/base/json_text.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// Typed reading of one JSON object, with the place in every error. Keeps a reference to the tree.
class JsonObjectReader
{
public:
    /// `pointer` is the JSON pointer of `tree` within its document.
    static Result<JsonObjectReader> open(const nlohmann::json &tree, std::string pointer = {});

    bool has(std::string_view key) const;
    /// Errors: InvalidArgument, "'timeout' must be a string" with the field's pointer.
    Result<std::string> text(std::string_view key) const;
    Result<std::int64_t> integer(std::string_view key) const;
    Result<bool> boolean(std::string_view key) const;
    /// The member as checked text; `null` where it is missing.
    JsonText value(std::string_view key) const;
    Result<std::optional<std::string>> optionalText(std::string_view key) const;
    Result<std::optional<std::int64_t>> optionalInteger(std::string_view key) const;
    /// InvalidArgument naming the first key that is not in `known`.
    Result<void> onlyKeys(std::initializer_list<std::string_view> known) const;
    const nlohmann::json &tree() const { return *m_tree; }
    std::string pointerTo(std::string_view key) const;

private:
    JsonObjectReader(const nlohmann::json &tree, std::string pointer);

    const nlohmann::json *m_tree;
    std::string m_pointer;
};

} // namespace engine
