using Vpio.Hypervisor.Guests;

namespace Vpio.Machines.Tests;

/// <summary>Shows that a machine's processor is kept to the processors that its image names.</summary>
[TestFixture]
internal sealed class PlacementTests
{
    [Test]
    public void AMachineRunsOnlyOnItsProcessors()
    {
        using MachineWorld world = new();
        int processor = Permitted()[^1];
        AssembledGuests.MachineProgram program = new();
        program.Spin();
        Guest guest = world.Hypervisor.AddGuest(new GuestImage(program.ToImage()) { HardAffinity = [processor] });
        guest.Machine!.Start();
        Assert.That(() => AllowedOf($"vpio cpu {guest.Id}"), Is.EqualTo($"{processor}").After(20_000, 1));
    }

    [Test]
    public void AMachineOnAProcessorThatTheProcessMayNotUseIsRefused([Values(-1, 1023, 1024, int.MaxValue)] int processor)
    {
        using MachineWorld world = new();
        Assert.That(() => world.Hypervisor.AddGuest(new GuestImage(default) { HardAffinity = [processor] }), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static int[] Permitted() => [.. Allowed("/proc/self/status").Split(',').Select(range => int.Parse(range.Split('-')[^1]))];

    private static string AllowedOf(string name)
    {
        string? thread = Directory.GetDirectories("/proc/self/task").FirstOrDefault(each => File.ReadAllText(Path.Combine(each, "comm")).Trim() == name);
        return thread is null ? string.Empty : Allowed(Path.Combine(thread, "status"));
    }

    private static string Allowed(string status) =>
        File.ReadLines(status).First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();
}
