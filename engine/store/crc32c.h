#pragma once

#include <cstdint>
#include <string_view>

namespace engine {

/// The Castagnoli checksum (RFC 3720) of `bytes`; `before` goes on from the bytes in front of them.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);
/// The same without the processor's instruction for it, which not every one has.
std::uint32_t crc32cByTable(std::string_view bytes, std::uint32_t before = 0);

} // namespace engine
