using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Fuzz.Rings;

/// <summary>Is the NIC's ring parser with the IOMMU before it: two guests whose registers, descriptors, memory, mappings and doorbells are what the bytes say.</summary>
/// <param name="faults">What is to be broken, for tests of this target.</param>
internal sealed class RingsTarget(Faults? faults = null) : IFuzzTarget
{
    private const int MostSteps = 300;

    /// <inheritdoc/>
    public ulong Run(ReadOnlySpan<byte> input)
    {
        InputReader reader = new(input);
        using FuzzWorld world = new(nics: 1, reader.Pick(2) == 0 ? OverrunPolicy.Stop : OverrunPolicy.Detach, faults ?? Faults.None);
        RingsRun run = new(world);
        for (int step = 0; step < MostSteps && !reader.IsAtEnd; step++)
            run.Step(ref reader);
        ServeAFreshGuest(world);
        return run.Course.Digest;
    }

    // Whatever became of the rings of others: a driver that does as it should sends and receives.
    private static void ServeAFreshGuest(FuzzWorld world)
    {
        FuzzNic nic = world.Nics[0];
        RingGuest guest = new(world.ServeAFreshGuest(), nic);
        guest.Map(new RingGuest.Mapping(0, 0, FuzzWorld.MemoryBytes, DmaAccess.ReadWrite));
        guest.SetUpTransmit(entries: 16);
        guest.SetUpReceive(entries: 16);
        Span<byte> sent = stackalloc byte[64];
        RingGuest.Address(sent, MacAddress.Broadcast, guest.Guest.Address, filling: 1);
        guest.PostFrame(sent);
        guest.PostBuffer(NicRegister.MaxFrameBytesValue);
        Span<byte> brought = stackalloc byte[64];
        RingGuest.Address(brought, guest.Guest.Address, MacAddress.Broadcast, filling: 2);
        ulong framesBefore = nic.Wire.Frames;
        nic.Wire.Bring(brought);
        while (nic.Step())
        {
        }

        BrokenPromiseException.Unless(nic.Wire.Frames == framesBefore + 1 && nic.Wire.Latest.SequenceEqual(sent), "A fresh guest's frame is sent as it is");
        BrokenPromiseException.Unless(guest.Guest.Memory.Slice(RingGuest.BufferAt(0), brought.Length).SequenceEqual(brought), "A fresh guest gets what is for it");
    }
}
