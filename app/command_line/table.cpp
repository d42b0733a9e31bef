#include "app/command_line/table.h"

#include <algorithm>

namespace app {

namespace {

/// Not the second, third or fourth byte of a character.
bool beginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }

} // namespace

std::size_t charactersIn(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, beginsCharacter));
}

std::string shortened(std::string_view text, std::size_t most)
{
    std::string line;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (beginsCharacter(text[i]) && characters++ == most - 1 &&
            charactersIn(text.substr(i)) > 1)
            return line + "…";
        const bool isControl = static_cast<unsigned char>(text[i]) < 0x20 || text[i] == 0x7f;
        line += isControl ? ' ' : text[i];
    }
    return line;
}

std::string Table::text(std::string_view indent) const
{
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto &row : m_rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], charactersIn(row[i]));
    std::string text;
    for (const auto &row : m_rows) {
        std::string line(indent);
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + std::string(widths[i] - charactersIn(row[i]) + 2, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace app
