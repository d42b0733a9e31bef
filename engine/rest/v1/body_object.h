#pragma once

#include "engine/base/json_read.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace engine {

/// A body that is a JSON object all of whose keys are known: its members, and its bytes for what must not
/// go through a tree.
class BodyObject
{
public:
    const JsonObjectReader *operator->() const { return &m_object; }
    const JsonText &text() const { return m_text; }
    /// The member's bytes, in which no digit of a number is lost; `null` where it is missing.
    JsonText payload(std::string_view key) const;

private:
    friend Result<BodyObject> readObject(
        const std::string &, const JsonLimits &, std::initializer_list<std::string_view>);
    BodyObject(JsonText text, std::shared_ptr<const nlohmann::json> tree, JsonObjectReader object)
        : m_text(std::move(text))
        , m_tree(std::move(tree))
        , m_object(std::move(object))
    {}

    JsonText m_text;
    std::shared_ptr<const nlohmann::json> m_tree; ///< what the reader refers to
    JsonObjectReader m_object;
};

/// InvalidArgument, with line and column or the pointer of the first key that is not in `known`; TooLarge.
Result<BodyObject> readObject(const std::string &body, const JsonLimits &limits,
    std::initializer_list<std::string_view> known);

} // namespace engine
