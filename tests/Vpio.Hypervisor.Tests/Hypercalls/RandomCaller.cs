using Vpio.Abi;
using Vpio.Hostile.Attacks;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Makes the calls of a hostile guest on behalf of several, with random, almost right and extreme arguments, and scribbles on all that they may write.</summary>
internal sealed class RandomCaller : IOwnershipClaims
{
    private static readonly DeviceIndex[] Devices = [new(0), new(1)];

    private readonly Random _random;
    private readonly Tally _tally = new();
    private readonly (Assault Assault, HostileNumbers Numbers)[] _callers;

    public RandomCaller(int seed, RawGuest[] guests, bool mayWait)
    {
        _random = new Random(seed);
        _callers = [.. guests.Select(guest => new Assault(guest.Port, Devices, thread: 0, _random.Next(), new CallBudget(0), _tally) { Id = guest.Id, Claims = this })
            .Select(assault => (assault, mayWait ? new HostileNumbers(assault) : new HostileNumbers(assault, mostWaitNs: 0)))];
    }

    /// <summary>Gets the ownerships that a grab returned, and those that a release gave back: device and generation.</summary>
    public List<(uint Device, ulong Generation)> Grabbed { get; } = [];

    public List<(uint Device, ulong Generation)> Released { get; } = [];

    public IEnumerable<DeviceStatus> Seen => _tally.Answers.Select(each => each.Answer);

    public void CallOnce()
    {
        (Assault assault, HostileNumbers numbers) = _callers[_random.Next(_callers.Length)];
        if (_random.Next(50) == 0)
            Scribbles.ScribbleOnce(assault);
        RandomCalls.CallOnce(assault, numbers);
        if (_tally.Breach is { } breach)
            throw new InvalidOperationException(breach);
    }

    void IOwnershipClaims.Granted(DeviceIndex device, Generation generation) => Grabbed.Add((device.Value, generation.Value));

    void IOwnershipClaims.GaveBack(DeviceIndex device, Generation generation) => Released.Add((device.Value, generation.Value));
}
