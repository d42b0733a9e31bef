#include "engine/runtime/instance_ids.h"

#include <algorithm>
#include <cstdint>

namespace engine {
namespace {

constexpr std::size_t longestId = 256; // characters

/// Every byte of UTF-8 begins a character but those of the form 10xxxxxx.
std::size_t characters(const std::string &text)
{
    return std::size_t(
        std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool isForbidden(char byte)
{
    const auto code = static_cast<unsigned char>(byte);
    return code < 0x20 || code == 0x7F || byte == '/' || byte == '\\' || byte == '#' || byte == '?';
}

void appendHex(std::string &text, std::uint64_t bits, int digits)
{
    for (int digit = digits - 1; digit >= 0; --digit)
        text += "0123456789abcdef"[(bits >> (4 * digit)) & 0xF];
}

} // namespace

Result<void> checkInstanceId(const InstanceId &id)
{
    const auto wrong = [&](const std::string &what) {
        return Error{ErrorCode::InvalidArgument, "instance id '" + id.value + "' " + what, {}};
    };
    if (id.empty())
        return Error{ErrorCode::InvalidArgument, "the instance id is empty", {}};
    if (id.value.front() == '@')
        return wrong("begins with '@', which is kept for entities; begin with another character");
    if (characters(id.value) > longestId)
        return wrong("is longer than 256 characters; shorten it");
    if (std::ranges::any_of(id.value, isForbidden))
        return wrong("has one of / \\ # ? or a control character; leave those out");
    return {};
}

InstanceId makeInstanceId(Instant now, Random &random)
{
    std::string text;
    text.reserve(32);
    appendHex(text, std::uint64_t(now.time_since_epoch().count()), 12);
    appendHex(text, random.next(), 16);
    appendHex(text, random.next(), 4);
    return {std::move(text)};
}

} // namespace engine
