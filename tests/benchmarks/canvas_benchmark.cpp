// How long a picture takes: ui.md promises 8 ms for a frame at 1:1, 16 and 33 ms for 2,000 and
// 10,000 steps fitted into the window, 10 µs for a hit test, 50 ms from an edit to the canvas.
#include "designer/canvas/canvas_view.h"
#include "designer/canvas/flow_painting.h"
#include "designer/canvas/run_looks.h"
#include "tests/designer/canvas/flow_fixture.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace designer;

namespace {

/// Milliseconds of the middle one of several runs.
template<typename Work>
double median(int runs, Work &&work)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run) {
        const std::clock_t begin = std::clock(); // of the processor: others may use the machine too
        work(run);
        times.push_back(double(std::clock() - begin) * 1000 / CLOCKS_PER_SEC);
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

double frame(
    const FlowPicture &picture, const Looks &looks, const FlowStyle &style, const CanvasView &view)
{
    QImage image(1920, 1080, QImage::Format_RGB32);
    return median(21, [&](int) {
        QPainter painter(&image);
        painter.scale(view.zoom, view.zoom);
        painter.translate(-view.origin);
        const QRectF area = view.shown(image.size());
        paintGround(painter, area, view.zoom, style);
        paintFlow(painter, picture, looks, area, view.zoom, style);
    });
}

RunOverlay halfRun(int count)
{
    RunOverlay overlay;
    for (int number = 0; number < count / 2; ++number) {
        overlay.steps[tests::stepId(number)] = {.state = StepState::Passed, .passes = 1};
        overlay.ways[{tests::stepId(number), "next"}] = 1;
    }
    return overlay;
}

void measure(int count, const FlowStyle &style)
{
    engine::Flow flow = tests::longFlow(count);
    FlowPicture picture(style);
    std::printf("%d steps\n", count);
    std::printf("  laid out      %8.2f ms\n", median(3, [&](int) { picture.show(flow); }));
    const QSizeF window(1920, 1080);
    const CanvasView whole = fitted(picture.bounds(), window, 32, 1);
    const CanvasView plain{1, picture.bounds().center()};
    const CanvasView half{0.5, picture.bounds().center()};
    const CanvasView quarter{0.25, picture.bounds().center()};
    const Looks ran = runLooks(picture, halfRun(count), {});
    std::printf("  frame 100 %%   %8.2f ms, run %.2f ms\n", frame(picture, {}, style, plain),
        frame(picture, ran, style, plain));
    std::printf("  frame 50 %%    %8.2f ms\n", frame(picture, {}, style, half));
    std::printf("  frame 25 %%    %8.2f ms\n", frame(picture, {}, style, quarter));
    std::printf("  fitted %4.1f %% %8.2f ms, run %.2f ms\n", whole.zoom * 100,
        frame(picture, {}, style, whole), frame(picture, ran, style, whole));
    const QRectF all = picture.bounds();
    const double hits = median(5, [&](int run) {
        for (int i = 0; i < 1000; ++i)
            picture.hit(all.topLeft() + QPointF((i * 977 + run) % int(all.width()),
                                            (i * 613) % int(all.height())),
                10, 5);
    });
    std::printf("  hit test      %8.2f µs\n", hits);
    std::printf("  step moved    %8.2f ms\n", median(11, [&](int run) {
        const engine::StepId id = tests::stepId(count / 2 + run);
        tests::place(flow, id, {int(run) * 400 + 200, run * 90});
        picture.change(flow, {id});
    }));
    std::printf("  run marked    %8.2f ms\n",
        median(5, [&](int) { runLooks(picture, halfRun(count), {}); }));
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const FlowStyle style = flowStyle(app::ThemeKind::Light);
    for (const int count : {100, 2000, 10000})
        measure(count, style);
}
