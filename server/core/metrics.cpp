#include "server/core/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "server/core/core.h"
#include "server/core/live/live_hub.h"

namespace silkledger::server {
namespace {

std::string_view name_of(const CommandOutcome& outcome) {
  if (const auto* accepted = std::get_if<Accepted>(&outcome))
    return accepted->repeated ? "repeated" : "stored";
  if (std::holds_alternative<Rejection>(outcome)) return "refused";
  return "undecided";
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& commands = prometheus::BuildCounter()
                                                          .Name("silkledger_commands_total")
                                                          .Help("Commands by name and outcome")
                                                          .Register(registry);
  prometheus::Family<prometheus::Counter>& queries = prometheus::BuildCounter()
                                                         .Name("silkledger_requests_total")
                                                         .Help("HTTP requests by kind and status")
                                                         .Register(registry);
  prometheus::Histogram& seconds =
      prometheus::BuildHistogram()
          .Name("silkledger_command_seconds")
          .Help("From a command's arrival to its answer")
          .Register(registry)
          .Add({}, prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02,
                                                           0.05, 0.1, 0.5, 2});
  prometheus::Counter& frames = prometheus::BuildCounter()
                                    .Name("silkledger_live_frames_total")
                                    .Help("Frames pushed to live clients")
                                    .Register(registry)
                                    .Add({});
  prometheus::Counter& waves = prometheus::BuildCounter()
                                   .Name("silkledger_live_waves_total")
                                   .Help("Waves in which live clients were served")
                                   .Register(registry)
                                   .Add({});
  prometheus::Gauge& outboxes = prometheus::BuildGauge()
                                    .Name("silkledger_live_outbox_bytes")
                                    .Help(
                                        "Bytes queued for live clients, shared frames counted "
                                        "for each")
                                    .Register(registry)
                                    .Add({});
  prometheus::Gauge& ring = prometheus::BuildGauge()
                                .Name("silkledger_live_ring_bytes")
                                .Help("Bytes reckoned for the newest events, shared by all")
                                .Register(registry)
                                .Add({});
  prometheus::Gauge& live = prometheus::BuildGauge()
                                .Name("silkledger_live_connections")
                                .Help("Open live connections")
                                .Register(registry)
                                .Add({});
  prometheus::Gauge& head = prometheus::BuildGauge()
                                .Name("silkledger_log_head_position")
                                .Help("Position of the newest durable event")
                                .Register(registry)
                                .Add({});
  prometheus::Gauge& applied = prometheus::BuildGauge()
                                   .Name("silkledger_views_applied_position")
                                   .Help("Position the views stand at")
                                   .Register(registry)
                                   .Add({});
  prometheus::Gauge& in_flight = prometheus::BuildGauge()
                                     .Name("silkledger_commands_in_flight")
                                     .Help("Commands decided and not yet durable")
                                     .Register(registry)
                                     .Add({});
  prometheus::Gauge& writable = prometheus::BuildGauge()
                                    .Name("silkledger_log_writable")
                                    .Help("1 while the log takes writes")
                                    .Register(registry)
                                    .Add({});
  prometheus::Gauge& stopped = prometheus::BuildGauge()
                                   .Name("silkledger_views_stopped")
                                   .Help("Views stopped by an event they cannot fold")
                                   .Register(registry)
                                   .Add({});
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::command(std::string_view name, const CommandOutcome& outcome, double seconds) {
  families_->commands
      .Add({{"command", std::string(name)}, {"outcome", std::string(name_of(outcome))}})
      .Increment();
  families_->seconds.Observe(seconds);
}

void Metrics::query(std::string_view kind, int status) {
  families_->queries.Add({{"kind", std::string(kind)}, {"status", std::to_string(status)}})
      .Increment();
}

void Metrics::live_opened() { families_->live.Increment(); }
void Metrics::live_closed() { families_->live.Decrement(); }
void Metrics::frames_sent(std::uint64_t count) {
  if (count == 0) return;
  families_->frames.Increment(static_cast<double>(count));
}

void Metrics::wave() { families_->waves.Increment(); }

std::string Metrics::text(Core& core) {
  const auto state = core.runner().state();
  families_->head.Set(static_cast<double>(core.parts().log.head().position));
  families_->applied.Set(static_cast<double>(state.checkpoint.position));
  families_->in_flight.Set(static_cast<double>(core.sequencer().in_flight()));
  families_->outboxes.Set(static_cast<double>(core.hub().queued_bytes()));
  families_->ring.Set(static_cast<double>(core.hub().ring_bytes()));
  families_->writable.Set(core.sequencer().read_only_reason() ? 0 : 1);
  double stopped = 0;
  for (const auto& view : state.checkpoint.views) stopped += view.stopped ? 1 : 0;
  families_->stopped.Set(stopped);
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace silkledger::server
