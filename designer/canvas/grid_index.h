#pragma once

#include <QRectF>

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace designer {

/// What is where: rectangles under a number, found by area. Hit tests and culling cost what is
/// near, not what there is.
class GridIndex
{
public:
    void insert(int id, const QRectF &rect);
    /// `rect` as it was inserted.
    void remove(int id, const QRectF &rect);
    void clear() { m_cells.clear(); }

    /// Calls visit(id, rect) once for each inserted rectangle that touches `area`, in no order.
    template<typename Visit>
    void visit(const QRectF &area, Visit &&visit) const;

private:
    struct Entry {
        int id;
        QRectF rect;
    };
    struct Cells {
        int left, top, right, bottom;
    };
    static constexpr double cellSize = 256;

    static Cells cellsOf(const QRectF &rect)
    {
        return {int(std::floor(rect.left() / cellSize)), int(std::floor(rect.top() / cellSize)),
            int(std::floor(rect.right() / cellSize)), int(std::floor(rect.bottom() / cellSize))};
    }
    static std::int64_t key(int x, int y) { return (std::int64_t(x) << 32) | std::uint32_t(y); }
    static bool touch(const QRectF &one, const QRectF &other)
    {
        return one.left() <= other.right() && other.left() <= one.right() &&
               one.top() <= other.bottom() && other.top() <= one.bottom();
    }

    std::unordered_map<std::int64_t, std::vector<Entry>> m_cells;
};

template<typename Visit>
void GridIndex::visit(const QRectF &area, Visit &&visit) const
{
    const Cells wanted = cellsOf(area);
    const auto visitCell = [&](int x, int y, const std::vector<Entry> &entries) {
        for (const Entry &entry : entries) {
            // An entry stands in several cells; it is told in the first that the area shares.
            const Cells own = cellsOf(entry.rect);
            if (x == std::max(own.left, wanted.left) && y == std::max(own.top, wanted.top) &&
                touch(entry.rect, area))
                visit(entry.id, entry.rect);
        }
    };
    const double count =
        (double(wanted.right) - wanted.left + 1) * (double(wanted.bottom) - wanted.top + 1);
    if (count > double(m_cells.size())) {
        for (const auto &[cell, entries] : m_cells) {
            const int x = int(cell >> 32), y = int(std::uint32_t(cell));
            if (x >= wanted.left && x <= wanted.right && y >= wanted.top && y <= wanted.bottom)
                visitCell(x, y, entries);
        }
        return;
    }
    for (int x = wanted.left; x <= wanted.right; ++x) {
        for (int y = wanted.top; y <= wanted.bottom; ++y) {
            if (const auto cell = m_cells.find(key(x, y)); cell != m_cells.end())
                visitCell(x, y, cell->second);
        }
    }
}

} // namespace designer
