#pragma once

#include "engine/base/json_scan.h"
#include "engine/base/json_text.h"
#include "engine/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

struct WrittenMember;

/// A value of a JSON text with its place: for what must name lines and keep bytes. Offsets are
/// bytes, `end` is one past the last.
struct WrittenValue {
    JsonKind kind = JsonKind::Null;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<WrittenMember> members; ///< of an object; of an array, with empty keys

    std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

struct WrittenMember {
    std::string key;
    std::size_t keyBegin = 0; ///< of the value, in an array
    WrittenValue value;
};

/// The values of `text`, at most 64 deep.
Result<WrittenValue> writtenJson(std::string_view text);
/// The first member `key` of an object; nullptr: there is none, or no object.
const WrittenValue *findMember(const WrittenValue &object, std::string_view key);

} // namespace engine
