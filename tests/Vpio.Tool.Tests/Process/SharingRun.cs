using System.Text.Json;

namespace Vpio.Tool.Tests.Process;

/// <summary>Runs <c>vpio run</c> to its good end, and reads what it says of the guests.</summary>
internal static class SharingRun
{
    /// <summary>Runs it.</summary>
    /// <param name="arguments">The command line, without <c>run --json</c>.</param>
    /// <returns>What it printed.</returns>
    public static JsonElement Of(params string[] arguments)
    {
        VpioProcess.Outcome outcome = VpioProcess.Run(["run", "--json", .. arguments]);
        Assert.That(outcome.Code, Is.Zero, outcome.Error + outcome.Output);
        Assert.That(outcome.Error, Is.Empty);
        Assert.That(outcome.Json.GetProperty("ok").GetBoolean(), Is.True);
        return outcome.Json;
    }

    /// <summary>Runs four guests of the kinds of a list, and expects that all share the NIC to the end, none is stopped, and no frame is lost.</summary>
    public static void LosesNothing(string kinds, string role, string rate, string grace)
    {
        JsonElement run = Of("--guest-kind", kinds, "--role", role, "--rate", rate, "--duration", "1s", "--grace", grace);
        string[] list = kinds.Split(',');
        Assert.That(Texts(run, "kind"), Is.EqualTo(Enumerable.Range(0, 4).Select(i => list[i % list.Length])));
        Assert.That(Texts(run, "state"), Has.All.EqualTo("done"));
        Assert.That(run.GetProperty("framesSent").GetInt64() + run.GetProperty("framesReceived").GetInt64(), Is.Positive);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.Zero);
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    /// <summary>Reads a text of each guest.</summary>
    public static IEnumerable<string?> Texts(JsonElement run, string property) =>
        run.GetProperty("guests").EnumerateArray().Select(guest => guest.GetProperty(property).GetString());
}
