#include "designer/canvas/grid_index.h"

#include <algorithm>

namespace designer {

void GridIndex::insert(int id, const QRectF &rect)
{
    const Cells cells = cellsOf(rect);
    for (int x = cells.left; x <= cells.right; ++x) {
        for (int y = cells.top; y <= cells.bottom; ++y)
            m_cells[key(x, y)].push_back({id, rect});
    }
}

void GridIndex::remove(int id, const QRectF &rect)
{
    const Cells cells = cellsOf(rect);
    for (int x = cells.left; x <= cells.right; ++x) {
        for (int y = cells.top; y <= cells.bottom; ++y) {
            const auto cell = m_cells.find(key(x, y));
            if (cell == m_cells.end())
                continue;
            std::erase_if(cell->second,
                [&](const Entry &entry) { return entry.id == id && entry.rect == rect; });
            if (cell->second.empty())
                m_cells.erase(cell);
        }
    }
}

} // namespace designer
