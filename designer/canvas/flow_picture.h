#pragma once

#include "designer/canvas/canvas_tool.h"
#include "designer/canvas/edge_chips.h"
#include "designer/canvas/flow_marks.h"
#include "designer/canvas/flow_style.h"
#include "designer/canvas/grid_index.h"
#include "designer/canvas/routing.h"
#include "designer/canvas/step_geometry.h"
#include "designer/canvas/step_words.h"
#include "engine/model/flow.h"

#include <QRectF>
#include <QString>

#include <set>
#include <unordered_map>
#include <vector>

namespace designer {

/// A step, laid out and with its texts cut to size: nothing is left to look up when it is painted.
struct StepPicture {
    engine::StepId id; ///< empty: the start mark; `!/EVENT`: an interrupt mark
    StepKind kind = StepKind::Unknown;
    QPointF centre;
    StepWords words;           ///< cut with "…" where too long
    StepWords whole;           ///< for tooltips and screen readers
    std::vector<QString> rows; ///< words of every way out, cut where they stand on the step
    StepGeometry geometry;
    std::vector<engine::Transition> ways;
    int mainWay = 0;      ///< which of them goes on straight
    bool present = false; ///< false: the number is free

    QRectF body() const { return geometry.body.translated(centre); }
    QRectF extent() const { return geometry.extent.translated(centre); }
    bool operator==(const StepPicture &) const = default;
};

struct EdgePicture {
    EdgeId id;
    engine::Transition way;
    int from = -1; ///< numbers of steps
    int to = -1;
    Route route;                 ///< as if it were alone
    std::vector<QPointF> points; ///< with its lane
    QString words;               ///< of the chip; empty: none
    bool clock = false;
    ChipPlace chip;
    QRectF bounds;
    bool present = false;
};

/// A line of words on a step that a run may say instead of the step's own.
enum class StepLine { Subtitle, Footer };

/// Everything of a flow that is drawn, kept equal to it: after any changes it is what it would be
/// if it were made anew (tested). Numbers of steps and edges stay until those are removed.
class FlowPicture
{
public:
    /// `style` gives the widths of texts; must outlive the picture.
    explicit FlowPicture(const FlowStyle &style);

    void show(const engine::Flow &flow);
    /// Steps that were added, removed or differ in `flow` since; also the start and the interrupts.
    /// Returns what must be repainted.
    QRectF change(const engine::Flow &flow, const std::vector<engine::StepId> &steps);

    const std::vector<StepPicture> &steps() const { return m_steps; }
    const std::vector<EdgePicture> &edges() const { return m_edges; }
    const std::vector<RegionPicture> &regions() const { return m_regions; }
    Direction direction() const { return m_direction; }
    int stepNumber(const engine::StepId &id) const; ///< -1: there is none
    int edgeNumber(const EdgeId &id) const;
    QRectF bounds() const;
    bool isEmpty() const { return m_numbers.size() == m_marks.size(); }

    /// `words` in the room of that line of `step`, cut with "…" where too long.
    QString cut(const StepPicture &step, StepLine line, const QString &words) const;

    std::vector<int> stepsIn(const QRectF &area) const; ///< ascending
    std::vector<int> edgesIn(const QRectF &area) const; ///< ascending
    /// `portRadius`, `reach`: how far a port and an edge may be from `at`.
    CanvasHit hit(QPointF at, double portRadius, double reach) const;

private:
    class Source;
    struct Changed;
    CanvasHit hitStep(QPointF at, double portRadius) const;
    int takeStep(const engine::StepId &id);
    void dropStep(int number, Changed &changed);
    void fillStep(int number, const Source &source, const engine::Step &step, QPointF centre);
    void layOut(StepPicture &picture) const;
    void cutWords(StepPicture &picture) const;
    bool turnPorts(int number);
    void makeEdge(int number, const engine::Transition &way, std::size_t position);
    void dropEdge(int number, Changed &changed);
    void makeEdges(int number, Changed &changed);
    void dropEdges(int number, Changed &changed);
    void replace(const engine::StepId &id, const Source &source, Changed &changed);
    void refreshAround(const engine::StepId &id, const Source &source, Changed &changed);
    StepPlaces places() const;
    void replaceMarks(const engine::Flow &flow, Changed &changed);
    void addMark(const Mark &mark, Changed &changed);
    void clear();
    void turnToward(StepPicture &mark, const engine::StepId &next) const;
    void routeEdge(int number);
    void settle(Changed &changed);
    void finishEdge(EdgePicture &edge);
    void indexPieces(int number, bool insert);

    const FlowStyle &m_style;
    Direction m_direction = Direction::Down;
    std::vector<StepPicture> m_steps;
    std::vector<EdgePicture> m_edges;
    std::vector<RegionPicture> m_regions;
    std::vector<Mark> m_marks;
    std::vector<int> m_freeSteps, m_freeEdges;
    std::unordered_map<engine::StepId, int> m_numbers;
    std::unordered_map<EdgeId, int> m_edgeNumbers;
    /// Ways by the step they lead to, also those to steps that are not there.
    std::unordered_map<engine::StepId, std::set<EdgeId>> m_into;
    GridIndex m_bodies;   ///< what edges go round
    GridIndex m_extents;  ///< what is painted
    GridIndex m_pieces;   ///< of edges, and their chips
    GridIndex m_examined; ///< where a change of a step concerns an edge
};

} // namespace designer
