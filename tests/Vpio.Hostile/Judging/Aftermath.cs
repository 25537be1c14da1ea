using Vpio.Abi;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Looks whether the hypervisor is as it was: it serves whoever comes, nobody is left in a device, and nothing stays open.</summary>
internal static class Aftermath
{
    private const long FramesOfEach = 64;
    private const int MappingsOfAGuest = 8;

    /// <summary>Lets new guests use every device.</summary>
    public static void ServeNewcomers(Court court, Random random)
    {
        Neighbourhood newcomers = new(court, random);
        newcomers.Begin();
        newcomers.AwaitProgress(FramesOfEach);
        newcomers.WindDown();
        newcomers.Leave();
    }

    /// <summary>Looks whether devices that nobody has any more say so, and count as they should.</summary>
    public static void LookAtRest(Court court)
    {
        foreach (DeviceIndex device in court.Ground.Devices)
            LookAtRest(court, in DevicePage.Slot(in court.Witness.Port.DevicePage, device), device);
    }

    /// <summary>Looks whether the hypervisor has no more open than before anybody came.</summary>
    /// <returns>What is left.</returns>
    /// <remarks>What one of its threads last had in hand may stay mapped until the thread has something else: that is a guest for each thread, however many there were.</remarks>
    public static IReadOnlyList<string> CompareResources(IProvingGround ground, GroundResources before, TimeSpan patience)
    {
        GroundResources after = default;
        int mostMappings = before.Mappings + (before.Threads * MappingsOfAGuest);
        bool isClosed = SpinWait.SpinUntil(
            () =>
            {
                // A driver's own thread may still be at its last steps, and have its guest's pages in hand.
                after = ground.CountResources();
                return after.Files == before.Files && after.Threads == before.Threads && after.Mappings <= mostMappings;
            },
            patience);
        return isClosed ? [] : [$"the hypervisor had {before} open before any guest came, and {after} when all were gone"];
    }

    private static void LookAtRest(Court court, ref readonly DeviceSlot slot, DeviceIndex device)
    {
        StateWord word = DeviceSlot.ReadState(in slot);
        ulong grants = slot.Grants;
        ulong seen = (ulong)court.Book.Count(device);
        if (word.State != DeviceState.Free)
            court.Effects.Add($"{device} is {word} when all its guests are gone");
        if (slot.Waiters != 0)
            court.Effects.Add($"{slot.Waiters} wait for {device} when all its guests are gone");
        if (grants > word.Generation.Value || grants < seen)
            court.Effects.Add($"{device} counts {grants} grants up to generation {word.Generation}, and {seen} ownerships were seen");
    }
}
