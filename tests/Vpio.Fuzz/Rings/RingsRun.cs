using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Fuzz.Rings;

/// <summary>Is a run of an input: each step is a guest's, the device's, the wire's or domain 0's.</summary>
internal sealed class RingsRun
{
    private static readonly uint[] Registers =
    [
        NicRegister.Control, NicRegister.InterruptArm, NicRegister.TxRingIova, NicRegister.RxRingIova,
        NicRegister.TxRingEntries, NicRegister.RxRingEntries, NicRegister.TxTail, NicRegister.RxTail,
    ];

    private static readonly ReceivePolicy[] Policies = [ReceivePolicy.Park, ReceivePolicy.Drop, ReceivePolicy.HandOver];

    private readonly FuzzWorld _world;
    private readonly FuzzNic _nic;
    private readonly RingGuest[] _guests;
    private readonly TransmitLaw[] _transmits;
    private readonly MemoryLaw _memory = new();
    private readonly byte[] _frame = new byte[2048];

    /// <summary>Begins, with the NIC in the hands of the first guest.</summary>
    /// <param name="world">The world.</param>
    public RingsRun(FuzzWorld world)
    {
        _world = world;
        _nic = world.Nics[0];
        _guests = [.. world.Guests.Select(guest => new RingGuest(guest, _nic))];
        _transmits = [.. _guests.Select(guest => new TransmitLaw(guest, _nic))];
        _guests[0].Grab();
    }

    /// <summary>Gets what happened.</summary>
    public Course Course { get; } = new();

    /// <summary>Does what the next bytes say.</summary>
    /// <param name="reader">The input.</param>
    public void Step(ref InputReader reader)
    {
        byte what = reader.NextByte();
        int place = what & 1;
        StateWord before = _nic.Device.State;
        int kind = (what >> 1) % 20;
        if (kind < 12)
            GuestStep(kind, _guests[place], ref reader);
        else
            OtherStep(kind, place, ref reader);
        NoteForcedEnd(before, released: kind == 10);
        _nic.Check();
        Course.Add(_nic.Device.State.Value);
        Course.Add(_nic.Wire.Frames);
    }

    private void GuestStep(int kind, RingGuest guest, ref InputReader reader)
    {
        switch (kind)
        {
            case 0:
                guest.Window.Write32(Registers[reader.Pick(Registers.Length)], (uint)reader.NextNumber());
                break;
            case 1:
                guest.Window.Write64(Registers[reader.Pick(Registers.Length)] & ~7u, reader.NextNumber());
                break;
            case 2:
                guest.WriteDescriptor((reader.Pick(2) * 4096) + (reader.NextByte() * NicDescriptor.Size), NextDescriptor(ref reader));
                break;
            case 3:
                reader.Scribble(guest.Guest.Memory);
                break;
            case 4:
                Course.Add((ulong)guest.Map(new RingGuest.Mapping(reader.NextNumber(), reader.NextNumber(), reader.NextNumber(), (DmaAccess)reader.Pick(4))));
                break;
            case 5:
                Course.Add((ulong)(guest.Mappings.Count > 0 ? Unmap(guest, guest.Mappings[reader.Pick(guest.Mappings.Count)]) : guest.Unmap(reader.NextNumber(), reader.NextNumber())));
                break;
            case 6:
                SetUp(guest, reader.NextByte());
                break;
            case 7:
                PostFrame(guest, ref reader);
                break;
            case 8:
                guest.PostBuffer((uint)reader.NextNumber());
                break;
            case 9:
                Course.Add((ulong)guest.Grab());
                break;
            case 10:
                Course.Add((ulong)guest.Release());
                break;
            default:
                Course.Add((ulong)guest.Map(new RingGuest.Mapping(0, 0, FuzzWorld.MemoryBytes, DmaAccess.ReadWrite)));
                break;
        }
    }

    private void OtherStep(int kind, int place, ref InputReader reader)
    {
        switch (kind)
        {
            case <= 14:
                DeviceStep(fallsAsleep: kind == 14);
                break;
            case 15 or 16:
                BringFrame(ref reader);
                break;
            case 17:
                _world.Time.Advance(TimeSpan.FromMicroseconds(100 * (1 + reader.NextByte())));
                break;
            case 18:
                StopOrResume(place);
                break;
            default:
                _nic.Nic.SetReceivePolicy(_guests[place].Guest.Guest.Id, Policies[reader.Pick(Policies.Length)]);
                break;
        }
    }

    private static DeviceStatus Unmap(RingGuest guest, RingGuest.Mapping mapping) => guest.Unmap(mapping.Iova, mapping.Length);

    private static NicDescriptor NextDescriptor(ref InputReader reader) =>
        new() { Iova = reader.NextNumber(), LengthBytes = (uint)reader.NextNumber(), Flags = (uint)reader.Pick(16) / 8 };

    // Bit 0: which half. Bit 1: off. The rest: how many descriptors.
    private static void SetUp(RingGuest guest, byte how)
    {
        bool transmits = (how & 1) == 0;
        uint entries = 2u << ((how >> 2) % 8);
        if ((how & 2) != 0)
            guest.Disable(transmits ? NicControl.TxEnable : NicControl.RxEnable);
        else if (transmits)
            guest.SetUpTransmit(entries);
        else
            guest.SetUpReceive(entries);
    }

    private void PostFrame(RingGuest guest, ref InputReader reader)
    {
        Span<byte> frame = NextFrame(guest.Guest.Address, ref reader, out byte who);
        for (int frames = who < 224 ? 1 : 40; frames > 0; frames--) // More than a batch takes, sometimes.
            guest.PostFrame(frame);
    }

    private void BringFrame(ref InputReader reader)
    {
        Span<byte> frame = NextFrame(MacAddress.Broadcast, ref reader, out _);
        _memory.Begin(_guests);
        _nic.Wire.Bring(frame);
        _memory.End(_guests, owner: null); // It waits until its guest owns the device and that works.
    }

    private void DeviceStep(bool fallsAsleep)
    {
        StateWord word = _nic.Device.State;
        int owner = word.IsHeld ? Array.FindIndex(_guests, guest => guest.Guest.Guest.Id == word.Owner) : -1;
        _memory.Begin(_guests);
        if (owner >= 0)
            _transmits[owner].Begin();
        _nic.Step(fallsAsleep);
        if (owner >= 0)
            _transmits[owner].End();
        _memory.End(_guests, owner >= 0 ? _guests[owner] : null);
    }

    // Any addresses of those that matter, any length about those that may be.
    private Span<byte> NextFrame(MacAddress from, ref InputReader reader, out byte who)
    {
        MacAddress[] all = [_guests[0].Guest.Address, _guests[1].Guest.Address, MacAddress.Broadcast, from];
        who = reader.NextByte();
        int length = (int)Math.Min(reader.NextNumber(), (ulong)_frame.Length);
        RingGuest.Address(_frame.AsSpan(0, 64), all[who & 3], (who & 64) == 0 ? from : all[(who >> 2) & 3], who);
        return _frame.AsSpan(0, length);
    }

    private void StopOrResume(int place)
    {
        Guest guest = _guests[place].Guest.Guest;
        if (guest.State == GuestState.Running)
        {
            guest.Stop();
            return;
        }

        guest.Resume();
        _transmits[place].Reset();
    }

    private void NoteForcedEnd(StateWord before, bool released)
    {
        if (released || !before.IsHeld || _nic.Device.State.IsHeldBy(before.Owner, before.Generation))
            return;
        int former = Array.FindIndex(_guests, guest => guest.Guest.Guest.Id == before.Owner);
        _transmits[former].Reset();
    }
}
