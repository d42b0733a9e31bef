#include "engine/rest/event_streams.h"

#include "engine/wire/json_writer.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace engine {
namespace {

/// What a reader may have taken from the engine and not yet from us.
constexpr int changesAtOnce = 64;
constexpr std::string_view heartbeat = ": nothing new\n\n";

std::string eventText(const StreamPlace &id, std::string_view name, std::string_view data)
{
    return "id: " + toText(id) + "\nevent: " + std::string(name) + "\ndata: " + std::string(data) +
           "\n\n";
}

/// Only the place: what the reader says when it comes again, although nothing came.
std::string placeText(const StreamPlace &place)
{
    return "retry: 1000\nid: " + toText(place) + "\n\n";
}

std::string resetText(const StreamPlace &place)
{
    JsonObjectWriter data;
    data.text("detail", "what came after Last-Event-ID is not known any more; read the lists again, "
                        "then go on from here");
    return eventText(place, "reset", std::move(data).finish());
}

std::string instanceData(const InstanceChange &change)
{
    JsonObjectWriter data;
    data.textOrNull("instance", change.now ? change.now->instance.value : change.purged.value)
        .number("run", change.run.value)
        .number("from", change.from)
        .number("to", change.to);
    if (!change.now)
        return std::move(data).finish();
    const InstanceSummary &now = *change.now;
    data.text("flow", now.flow.value)
        .number("version", now.version)
        .text("status", toText(now.status))
        .boolean("waiting", now.waiting)
        .textOrNull("setAside", now.setAside)
        .textOrNull("standsOn", now.standsOn)
        .textOrNull("standsAt", now.standsAt.value)
        .time("changedAt", now.changedAt);
    return std::move(data).finish();
}

std::string taskData(const TaskNews &news, const InstanceChange &change)
{
    JsonObjectWriter data;
    data.text("task", toText(news.task))
        .text("what", news.what)
        .textOrNull("instance", change.now ? change.now->instance.value : std::string())
        .number("sequence", news.fact)
        .time("at", news.at);
    return std::move(data).finish();
}

template<typename Number>
bool takeNumber(std::string_view &text, Number &number)
{
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || number < 0)
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

/// Whether everything behind `place` is still known.
bool isKnown(const StreamPlace &place, const Changes &page)
{
    if (place.epoch != 0 && place.epoch != page.epoch)
        return false; // the database was put back from a backup
    return place.change >= page.first - 1 && place.change <= page.last;
}

bool isShown(const StreamFilter &filter, std::string_view kind, const InstanceChange &change)
{
    if (!filter.kinds.empty() && std::ranges::find(filter.kinds, kind) == filter.kinds.end())
        return false;
    const InstanceId instance = change.now ? change.now->instance : change.purged;
    if (!filter.instance.empty() && instance != filter.instance)
        return false;
    // Of a run that is not there any more, what came of it is still to come: that it is purged, or another run.
    if (!filter.flow.empty() && change.purged.empty())
        return change.now && change.now->flow == filter.flow;
    return true;
}

} // namespace

std::string toText(const StreamPlace &place)
{
    return (place.epoch > 0 ? std::to_string(place.epoch) + "-" : "") +
           std::to_string(place.change) +
           (place.part > 0 ? "." + std::to_string(place.part) : "");
}

std::optional<StreamPlace> streamPlaceFrom(std::string_view text)
{
    StreamPlace place;
    if (!takeNumber(text, place.change))
        return {};
    if (text.starts_with('-')) {
        text.remove_prefix(1);
        place.epoch = place.change;
        if (place.epoch == 0 || !takeNumber(text, place.change))
            return {};
    }
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!takeNumber(text, place.part))
            return {};
    }
    return text.empty() ? std::optional(place) : std::nullopt;
}

std::string eventsText(
    const InstanceChange &change, StreamPlace &place, const StreamFilter &filter)
{
    std::string text;
    for (std::size_t i = static_cast<std::size_t>(place.part); i < change.tasks.size(); ++i) {
        place.part = static_cast<int>(i) + 1;
        if (isShown(filter, "task", change))
            text += eventText(place, "task", taskData(change.tasks[i], change));
    }
    place = {change.id, 0, place.epoch};
    const char *kind = change.purged.empty() ? "instance" : "purged";
    if (isShown(filter, kind, change))
        text += eventText(place, kind, instanceData(change));
    return text;
}

/// One of them. Belongs to its connection; what it asked the engine may be answered after it is gone.
class EventStreams::Reader final : public RestStream, public std::enable_shared_from_this<Reader>
{
public:
    Reader(std::shared_ptr<EventStreams> streams, std::optional<StreamPlace> place,
        StreamFilter filter, std::function<bool()> mayRead)
        : m_streams(std::move(streams))
        , m_place(place)
        , m_filter(std::move(filter))
        , m_mayRead(std::move(mayRead))
    {}

    void pull(Next next) override
    {
        m_next = std::move(next);
        look();
    }
    void beat() override
    {
        if (!m_mayRead())
            return end();
        // One whose filter shows little would else come again by a place from long ago.
        const bool hasGoneOn = m_isGreeted && m_place && m_filter != StreamFilter();
        answer(hasGoneOn ? "id: " + toText(*m_place) + "\n\n" : std::string(heartbeat));
    }
    void end() override
    {
        m_isOver = true;
        answer(std::nullopt);
    }
    /// There is more to read.
    void wake()
    {
        m_isWoken = true;
        look();
    }

private:
    void answer(std::optional<std::string> part)
    {
        if (const auto next = std::exchange(m_next, nullptr))
            next(std::move(part));
    }
    /// Asks for what comes next, if it is wanted and was not asked for.
    void look()
    {
        if (m_isOver || (m_next && !m_mayRead()))
            return end();
        if (!m_next || m_isAsking)
            return;
        m_isAsking = true;
        m_isWoken = false;
        ChangesRequest request{.limit = changesAtOnce};
        if (m_place)
            request.after = m_place->change;
        m_streams->m_changes.changes(
            request, [weak = weak_from_this(), post = m_streams->m_post](Result<Changes> page) {
                post([weak, page = std::move(page)] {
                    if (const auto self = weak.lock())
                        self->take(page);
                });
            });
    }
    void take(const Result<Changes> &page)
    {
        m_isAsking = false;
        if (!page)
            return end(); // it comes again by its place, and hears then what is wrong
        std::string text = m_isGreeted ? std::string() : greeting(*page);
        if (isKnown(*m_place, *page)) {
            for (const InstanceChange &change : page->changes)
                text += eventsText(change, *m_place, m_filter);
        } else {
            // It was so slow that the log went past it.
            m_place = StreamPlace{page->last, 0, page->epoch};
            text += resetText(*m_place);
        }
        if (!text.empty())
            return answer(std::move(text));
        if (m_isWoken || !page->changes.empty())
            look();
    }
    std::string greeting(const Changes &page)
    {
        m_isGreeted = true;
        if (!m_place)
            m_place = StreamPlace{page.last, 0, page.epoch};
        if (!isKnown(*m_place, page))
            return {};
        m_place->epoch = page.epoch;
        return placeText(*m_place);
    }

    std::shared_ptr<EventStreams> m_streams;
    std::optional<StreamPlace> m_place; ///< nothing: it begins with what comes
    StreamFilter m_filter;
    std::function<bool()> m_mayRead;
    Next m_next;
    bool m_isGreeted = false;
    bool m_isAsking = false;
    bool m_isWoken = false; ///< since it asked last
    bool m_isOver = false;
};

EventStreams::EventStreams(ChangesDoor &changes, std::size_t limit)
    : m_changes(changes)
    , m_limit(limit)
{}

void EventStreams::open(RestPost post)
{
    m_post = std::move(post);
    m_watch = m_changes.watch([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->committed();
    });
}

/// On the engine thread. However many commits there are before we look, we are called once.
void EventStreams::committed()
{
    if (m_isTold.exchange(true))
        return;
    m_post([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->wakeAll();
    });
}

void EventStreams::wakeAll()
{
    m_isTold.store(false);
    const auto readers = m_readers;
    for (const auto &reader : readers) {
        if (const auto alive = reader.lock())
            alive->wake();
    }
}

std::size_t EventStreams::count()
{
    std::erase_if(m_readers, [](const auto &reader) { return reader.expired(); });
    return m_readers.size();
}

std::shared_ptr<RestStream> EventStreams::add(
    std::optional<StreamPlace> place, StreamFilter filter, std::function<bool()> mayRead)
{
    if (count() >= m_limit)
        return nullptr;
    auto reader = std::make_shared<Reader>(
        shared_from_this(), place, std::move(filter), std::move(mayRead));
    m_readers.push_back(reader);
    return reader;
}

} // namespace engine
