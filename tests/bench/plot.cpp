// Draws what the benches measured against the goals, as SVG: one bar a goal on a logarithmic scale,
// the line in the middle is the first goal, the mark beyond it where we want to be.
//
//   bench_plot RESULTS FIGURE      lines of JSON in, one SVG file out; the last line of a goal
//   counts
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "tests/bench/measuring/goals.h"

namespace silkledger::bench {
namespace {

constexpr double kRowHeight = 22;
constexpr double kTop = 46;
constexpr double kTextWidth = 330;
constexpr double kPlotWidth = 400;
constexpr double kFigureWidth = 190;
constexpr double kDecades = 2;  // a bar ends at a hundredth or a hundred times the goal

struct Measured {
  double value = 0;
  double lower = 0;
  double upper = 0;
  std::int64_t rounds = 0;
  std::string command;
};

struct Results {
  std::map<std::string, Measured> goals;
  std::string date;
};

Results read_results(const std::string& path) {
  std::ifstream lines(path);
  if (!lines) throw std::runtime_error("cannot read " + path);
  Results results;
  for (std::string text; std::getline(lines, text);) {
    const auto line = boost::json::parse(text).as_object();
    results.date = boost::json::value_to<std::string>(line.at("date")).substr(0, 10);
    if (const auto* name = line.if_contains("goal")) {
      results.goals[boost::json::value_to<std::string>(*name)] = {
          line.at("value").to_number<double>(), line.at("lower").to_number<double>(),
          line.at("upper").to_number<double>(), line.at("rounds").to_number<std::int64_t>(),
          boost::json::value_to<std::string>(line.at("command"))};
    }
  }
  return results;
}

double x_of(double share) {
  const double decades = std::clamp(std::log10(std::max(share, 1e-9)), -kDecades, kDecades);
  return kTextWidth + kPlotWidth / 2 * (1 + decades / kDecades);
}

std::string number(double value) {
  char text[32];
  const bool is_large = value >= 1000;
  std::snprintf(text, sizeof text, is_large ? "%.0f" : "%.3g", value);
  return text;
}

class Svg {
 public:
  explicit Svg(const std::string& path) : out_(path) {}
  std::ofstream& out() { return out_; }

  void text(double x, double y, const std::string& words, const char* anchor = "start") {
    out_ << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"" << anchor << "\">";
    for (const char letter : words) {
      if (letter == '<') {
        out_ << "&lt;";
      } else if (letter == '>') {
        out_ << "&gt;";
      } else {
        out_ << letter;
      }
    }
    out_ << "</text>\n";
  }
  void line(double x1, double y1, double x2, double y2, const char* colour, double width) {
    out_ << "<line x1=\"" << x1 << "\" y1=\"" << y1 << "\" x2=\"" << x2 << "\" y2=\"" << y2
         << "\" stroke=\"" << colour << "\" stroke-width=\"" << width << "\"/>\n";
  }
  void bar(double from, double to, double y, const char* colour) {
    out_ << "<rect x=\"" << std::min(from, to) << "\" y=\"" << y << "\" width=\""
         << std::abs(to - from) << "\" height=\"" << kRowHeight * 0.6 << "\" fill=\"" << colour
         << "\"/>\n";
  }

 private:
  std::ofstream out_;
};

void draw_row(Svg& svg, double y, const Goal& goal, const Measured* measured) {
  const double base = y + kRowHeight * 0.6;
  svg.text(kTextWidth - 8, base, std::string(goal.what), "end");
  const double aim = x_of(goal.share_of(goal.aim));
  svg.line(aim, y + 1, aim, y + kRowHeight * 0.75, "#777", 2);
  if (measured == nullptr) {
    svg.text(kTextWidth + kPlotWidth + 8, base, "not measured");
    return;
  }
  const bool is_met = goal.met_by(measured->value);
  svg.bar(x_of(1), x_of(goal.share_of(measured->value)), y + 2, is_met ? "#3a7d44" : "#b3401f");
  const double middle = y + 2 + kRowHeight * 0.3;
  svg.line(x_of(goal.share_of(measured->lower)), middle, x_of(goal.share_of(measured->upper)),
           middle, "#222", 1);
  const char* bound = goal.sense == Goal::Sense::at_least ? " of " : ", at most ";
  svg.text(kTextWidth + kPlotWidth + 8, base,
           number(measured->value) + bound + number(goal.first) + " " + std::string(goal.unit));
}

void write_table(const Results& results, const std::string& path) {
  std::ofstream out(path);
  out << "| goal | first | aim | measured | quartiles | rounds | | by "
         "|\n|---|---|---|---|---|---|---|---|\n";
  for (const Goal& goal : goals()) {
    const char* bound = goal.sense == Goal::Sense::at_least ? "≥ " : "≤ ";
    out << "| " << goal.what << " | " << bound << number(goal.first) << ' ' << goal.unit << " | "
        << bound << number(goal.aim) << " | ";
    const auto found = results.goals.find(std::string(goal.name));
    if (found == results.goals.end()) {
      out << "not measured | | | | |\n";
      continue;
    }
    const auto& measured = found->second;
    out << "**" << number(measured.value) << "** | ";
    if (measured.rounds > 1) {
      out << number(measured.lower) << "–" << number(measured.upper) << " | " << measured.rounds;
    } else {
      out << " | 1";
    }
    out << " | " << (goal.met_by(measured.value) ? "met" : "missed") << " | `" << measured.command
        << "` |\n";
  }
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path);
}

void draw(const Results& results, const std::string& figure_path) {
  const double height = kTop + kRowHeight * static_cast<double>(goals().size()) + 12;
  const double width = kTextWidth + kPlotWidth + kFigureWidth;
  Svg svg(figure_path);
  svg.out() << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\""
            << height << "\" font-family=\"sans-serif\" font-size=\"12\">\n"
            << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  svg.text(8, 18, "Measured against the first goal, " + results.date);
  for (const double share : {0.01, 0.1, 1.0, 10.0, 100.0}) {
    svg.line(x_of(share), kTop - 4, x_of(share), height - 8, share == 1 ? "#222" : "#ddd", 1);
    svg.text(x_of(share), kTop - 10, share == 1 ? "goal" : number(share) + " x", "middle");
  }
  double y = kTop;
  for (const Goal& goal : goals()) {
    const auto found = results.goals.find(std::string(goal.name));
    draw_row(svg, y, goal, found == results.goals.end() ? nullptr : &found->second);
    y += kRowHeight;
  }
  svg.out() << "</svg>\n";
  svg.out().close();
  if (!svg.out()) throw std::runtime_error("cannot write " + figure_path);
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "bench_plot RESULTS FIGURE TABLE\n");
    return 2;
  }
  try {
    const auto results = silkledger::bench::read_results(argv[1]);
    silkledger::bench::draw(results, argv[2]);
    silkledger::bench::write_table(results, argv[3]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_plot: %s\n", error.what());
    return 1;
  }
  return 0;
}
