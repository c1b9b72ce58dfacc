using System.Text.Json.Nodes;
using Jint;
using Jint.Runtime;
using PyBase.Core.Automations;

namespace PyBase.Workers.Automations;

/// <summary>
/// JavaScript that gets <c>input</c> and returns something, both as JSON and nothing else: it knows no file, no network and no object of this process, and ends after
/// so much time, memory and work.
/// </summary>
sealed class RunScriptStep : IAutomationStep
{
    const int MaxCode = 50_000, MaxStatements = 2_000_000, MaxMemory = 64 << 20, MaxRecursion = 200, MaxArray = 1_000_000, MaxOutput = 1 << 20;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Kind => ActionKind.RunScript;

    public Task<StepOutcome> RunAsync(StepContext step) => Task.Run(() => Run(step.Text("code"), step.Input["input"]?.ToJsonString() ?? "{}", step.Cancellation), step.Cancellation);

    internal static StepOutcome Run(string code, string input, CancellationToken cancellation)
    {
        if (code.Length > MaxCode)
            return StepOutcome.Failed("script-too-long", $"A script has at most {MaxCode:N0} characters.");
        try
        {
            using var engine = new Engine(options => options.Strict().TimeoutInterval(Patience).LimitMemory(MaxMemory).MaxStatements(MaxStatements).LimitRecursion(MaxRecursion)
                .MaxArraySize(MaxArray).RegexTimeoutInterval(TimeSpan.FromSeconds(1)).DisableStringCompilation().CancellationToken(cancellation));
            engine.SetValue("given", input);
            var returned = engine.Evaluate($"JSON.stringify((function (input) {{\n{code}\n}})(JSON.parse(given)))");
            var text = returned.IsString() ? returned.AsString() : "null";
            return text.Length > MaxOutput ? StepOutcome.Failed("script-output-too-large", $"A script returns at most {MaxOutput:N0} characters of JSON.")
                : new StepOutcome(new JsonObject { ["result"] = JsonNode.Parse(text) });
        }
        catch (Exception stopped) when (!cancellation.IsCancellationRequested && stopped is TimeoutException or MemoryLimitExceededException or StatementsCountOverflowException or RecursionDepthOverflowException or ExecutionCanceledException)
        {
            return StepOutcome.Failed("script-stopped", $"The script took too much time, memory or work ({stopped.GetType().Name}).");
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // Whatever the interpreter throws is the script's doing: a fault in its text, an exception of its own.
            return StepOutcome.Failed("script-failed", fault.Message.Length > 500 ? fault.Message[..500] : fault.Message);
        }
    }
}
