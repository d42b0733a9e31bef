#include "engine/store/crc32c.h"

#include <array>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <nmmintrin.h>
#define SIGNALBOX_CRC32C_INSTRUCTION
#endif

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

std::uint32_t addByTable(std::uint32_t crc, std::string_view bytes)
{
    for (; bytes.size() >= 8; bytes.remove_prefix(8))
        crc = addEight(crc, bytes.data());
    for (const char byte : bytes)
        crc = addByte(crc, static_cast<unsigned char>(byte));
    return crc;
}

#ifdef SIGNALBOX_CRC32C_INSTRUCTION
/// Every x86 processor since 2008 has it; the table is for the others.
__attribute__((target("sse4.2"))) std::uint32_t addByInstruction(
    std::uint32_t crc, std::string_view bytes)
{
    std::uint64_t wide = crc;
    for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, bytes.data(), sizeof eight);
        wide = _mm_crc32_u64(wide, eight);
    }
    crc = static_cast<std::uint32_t>(wide);
    for (const char byte : bytes)
        crc = _mm_crc32_u8(crc, static_cast<unsigned char>(byte));
    return crc;
}
#endif

} // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before)
{
#ifdef SIGNALBOX_CRC32C_INSTRUCTION
    static const bool hasInstruction = __builtin_cpu_supports("sse4.2");
    if (hasInstruction)
        return ~addByInstruction(~before, bytes);
#endif
    return ~addByTable(~before, bytes);
}

std::uint32_t crc32cByTable(std::string_view bytes, std::uint32_t before)
{
    return ~addByTable(~before, bytes);
}

} // namespace engine
