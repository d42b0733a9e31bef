#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/openapi_document.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"

#include <nlohmann/json.hpp>

namespace engine {

namespace {

using nlohmann::json;

constexpr std::string_view style =
    "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1f2328}"
    "code{font:13px/1.5 monospace}b{display:inline-block;min-width:4.5em}"
    "section{border-top:1px solid #d0d7de;padding:.6em 0}p,ul{margin:.2em 0 .2em 4.5em}"
    "li{list-style:none}@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}}";

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '&': result += "&amp;"; break;
        case '"': result += "&quot;"; break;
        default: result += c;
        }
    }
    return result;
}

std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }

/// The one that a `$ref` names, or the value itself.
const json &resolved(const json &document, const json &value)
{
    const auto place = value.find("$ref");
    if (place == value.end())
        return value;
    return document.at(json::json_pointer(place->get<std::string>().substr(1)));
}

std::string parametersText(const json &document, const json &operation)
{
    std::string text;
    for (const json &one : operation.value("parameters", json::array())) {
        const json &parameter = resolved(document, one);
        text += "<li>" + code(parameter.at("name").get<std::string>()) + " (" +
                escaped(parameter.at("in").get<std::string>()) + ") " +
                escaped(parameter.at("description").get<std::string>()) + "</li>";
    }
    return text;
}

std::string responsesText(const json &document, const json &operation)
{
    std::string text;
    for (const auto &[status, response] : operation.at("responses").items())
        text += "<li>" + code(status) + " " +
                escaped(resolved(document, response).at("description").get<std::string>()) +
                "</li>";
    return text;
}

std::string operationText(const json &document, const std::string &heading, const json &operation)
{
    std::string text = "<section><h3>" + heading + "</h3><p>" +
                       escaped(operation.at("summary").get<std::string>()) + ". " +
                       escaped(operation.value("description", "")) + "</p><ul>" +
                       parametersText(document, operation);
    if (operation.contains("requestBody"))
        text += "<li>body: " + code(operation.at("requestBody").at("content").dump()) + "</li>";
    return text + responsesText(document, operation) + "</ul></section>\n";
}

} // namespace

std::string openApiPage(std::string_view document)
{
    const json tree = json::parse(document);
    std::string page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Signalbox"
                       "</title><style>" +
                       std::string(style) + "</style><h1>Signalbox</h1><p>" +
                       escaped(tree.at("info").at("description").get<std::string>()) + "</p>\n";
    for (const auto &[path, operations] : tree.at("paths").items()) {
        for (const auto &[verb, operation] : operations.items()) {
            std::string method = verb;
            for (char &c : method)
                c = static_cast<char>(c - 'a' + 'A');
            page += operationText(tree, "<b>" + method + "</b> " + code(path), operation);
        }
    }
    return page + "</html>\n";
}

void addOpenApiRoutes(Router &router, const V1Context &)
{
    const auto add = [&router](std::string_view pattern, RestResponse (*respond)()) {
        router.add("GET", pattern, [respond](Exchange &exchange) {
            auto known = onlyParameters(exchange.query(), {});
            exchange.answer(known ? respond() : problemAnswer(known.error()));
        });
    };
    add("api/v1/openapi.json", [] { return jsonAnswer(200, std::string(openApiDocument())); });
    add("api/v1/openapi.html", [] {
        return RestResponse{200,
            {{"Content-Type", "text/html; charset=utf-8"},
                {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"}},
            openApiPage(openApiDocument())};
    });
}

} // namespace engine
