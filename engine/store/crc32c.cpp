#include "engine/store/crc32c.h"

#include <array>
#include <cstring>

namespace engine {
namespace {

using Table = std::array<std::uint32_t, 256>;

/// Table n gives the effect of a byte that n more bytes follow, so eight are folded in at once.
constexpr std::array<Table, 8> makeTables()
{
    constexpr std::uint32_t polynomial = 0x82F63B78;
    std::array<Table, 8> tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
        tables[0][byte] = value;
    }
    for (std::size_t table = 1; table < tables.size(); ++table) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t value = tables[table - 1][byte];
            tables[table][byte] = (value >> 8) ^ tables[0][value & 0xff];
        }
    }
    return tables;
}

constexpr auto tables = makeTables();

std::uint32_t addByte(std::uint32_t crc, unsigned char byte)
{
    return (crc >> 8) ^ tables[0][(crc ^ byte) & 0xff];
}

std::uint32_t addEight(std::uint32_t crc, const char *bytes)
{
    std::array<unsigned char, 8> b{};
    std::memcpy(b.data(), bytes, b.size());
    for (std::size_t i = 0; i < 4; ++i)
        b[i] = static_cast<unsigned char>(b[i] ^ (crc >> (8 * i)));
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < b.size(); ++i)
        value ^= tables[7 - i][b[i]];
    return value;
}

} // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before)
{
    std::uint32_t crc = ~before;
    for (; bytes.size() >= 8; bytes.remove_prefix(8))
        crc = addEight(crc, bytes.data());
    for (const char byte : bytes)
        crc = addByte(crc, static_cast<unsigned char>(byte));
    return ~crc;
}

} // namespace engine
