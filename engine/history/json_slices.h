#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace engine {

/// A member of a JSON object as it is written; escapes in the key are not resolved.
struct MemberSlice {
    std::string_view key; ///< between its quotes
    std::string_view value;
};

/// The values of a JSON array as slices of `text`; nothing if it is no array. Finds only where each
/// value ends, in one pass and without recursion: whoever reads a slice checks it.
std::optional<std::vector<std::string_view>> elementsOf(std::string_view text);
/// The members of a JSON object, as above; the same key twice is two members.
std::optional<std::vector<MemberSlice>> membersOf(std::string_view text);

} // namespace engine
