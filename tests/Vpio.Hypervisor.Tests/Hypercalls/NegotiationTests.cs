using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Hypercalls;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds what a negotiation agrees on, against a hypervisor of a later version than any there is (docs/abi.md, "Versions", "Features").</summary>
[TestFixture]
internal sealed class NegotiationTests
{
    private const ushort OfferedMinor = 3;
    private const ulong OfferedFeatures = 0x8000_0000_0000_0006;

    private ReferenceHypervisor _later = null!;
    private Guest _guest = null!;

    [SetUp]
    public void StartLaterHypervisor()
    {
        _later = new ReferenceHypervisor(new HypervisorOptions { Offered = new Agreement(OfferedMinor, OfferedFeatures) });
        _guest = _later.AddGuest();
    }

    [TearDown]
    public void EndLaterHypervisor() => _later.Dispose();

    [TestCase((ushort)0, ExpectedResult = 0)]
    [TestCase((ushort)2, ExpectedResult = 2)]
    [TestCase((ushort)3, ExpectedResult = 3)]
    [TestCase((ushort)4, ExpectedResult = 3)]
    [TestCase(ushort.MaxValue, ExpectedResult = 3)]
    public int TheLowerMinorVersionIsInForce(ushort asked) => Negotiate(asked).AgreedMinor;

    [TestCase(0UL, ExpectedResult = 0UL)]
    [TestCase(0x0000_0000_0000_0003UL, ExpectedResult = 0x0000_0000_0000_0002UL)]
    [TestCase(0x8000_0000_0000_0000UL, ExpectedResult = 0x8000_0000_0000_0000UL)]
    [TestCase(ulong.MaxValue, ExpectedResult = OfferedFeatures)]
    public ulong AFeatureIsOnWhenItIsOnOfferAndAskedFor(ulong asked) => Negotiate(OfferedMinor, asked).AgreedFeatures;

    [Test]
    public void AnUnknownFeatureBitIsIgnored()
    {
        for (int bit = 0; bit < 64; bit++)
        {
            ulong asked = 1UL << bit;
            Assert.That(Negotiate(OfferedMinor, asked).AgreedFeatures, Is.EqualTo(asked & OfferedFeatures), $"bit {bit}");
        }
    }

    [Test]
    public void NoVersionTurnsAFeatureOn([Values((ushort)0, OfferedMinor, ushort.MaxValue)] ushort minor)
    {
        Assert.That(Negotiate(minor).AgreedFeatures, Is.Zero);
        Assert.That(Negotiate(minor, 4).AgreedFeatures, Is.EqualTo(4), "nor does another feature");
    }

    [Test]
    public void BothPagesTellTheMinorVersionAndTheDevicePageTheFeatures()
    {
        Negotiate(minor: 1, features: 2);
        ref readonly DevicePageHeader devices = ref _guest.Port.DevicePage.Header;
        Assert.That((devices.Major, devices.Minor, devices.Features), Is.EqualTo((VpioVersion.Major, OfferedMinor, OfferedFeatures)), "what is on offer, not what is in force");
        Assert.That((_guest.Port.GuestPage.Header.Major, _guest.Port.GuestPage.Header.Minor), Is.EqualTo((VpioVersion.Major, OfferedMinor)));
    }

    [Test]
    public void AGuestThatHasNotNegotiatedHasTheFirstMinorVersionAndNoFeature()
    {
        Assert.That(_guest.Agreed, Is.EqualTo(new Agreement(0, 0)));
        Assert.That(CallLater(), Is.EqualTo(DeviceStatus.NoSuchOperation));
        Assert.That(_guest.Port.Call(DeviceOp.GetState, 0), Is.EqualTo(DeviceStatus.NoDevice), "what came with 1.0 is served");
    }

    [TestCase((ushort)0, ExpectedResult = DeviceStatus.NoSuchOperation)]
    [TestCase((ushort)1, ExpectedResult = DeviceStatus.NoSuchOperation)]
    [TestCase((ushort)2, ExpectedResult = DeviceStatus.Ok)]
    [TestCase((ushort)3, ExpectedResult = DeviceStatus.Ok)]
    public DeviceStatus AnOperationOfALaterMinorVersionDoesNotExist(ushort asked)
    {
        Negotiate(asked);
        return CallLater();
    }

    [Test]
    public void AnOperationThatDoesNotExistDoesNotLookAtItsArgument()
    {
        Assert.That(HypercallDoor.Pass<LaterOperation, CancelArgs>(_guest, ref Unsafe.NullRef<DeviceOpArgument>()), Is.EqualTo(DeviceStatus.NoSuchOperation));
        Negotiate(OfferedMinor);
        Assert.That(HypercallDoor.Pass<LaterOperation, CancelArgs>(_guest, ref Unsafe.NullRef<DeviceOpArgument>()), Is.EqualTo(DeviceStatus.BadAddress));
    }

    [Test]
    public void WhateverIsAskedForAnEarlierHypervisorServesNothingOfALaterVersion()
    {
        using World first = new(guests: 1);
        IHypercallPort port = first.Guests[0].Port;
        Assert.That(port.Call(DeviceOp.Negotiate, 0xFFFF_0001, ulong.MaxValue), Is.EqualTo(DeviceStatus.Ok));
        foreach (OperationTable row in OperationTable.All)
        {
            foreach (int bit in row.ReservedBits)
            {
                DeviceOpArgument argument = RawCalls.Argument(row.Inputs);
                RawCalls.FlipInputBit(ref argument, bit);
                Assert.That(port.Call(row.Operation, ref argument), Is.EqualTo(DeviceStatus.Invalid), $"{row}, bit {bit}");
            }
        }

        for (uint cmd = 9; cmd < 0x1_0000; cmd++)
            Assert.That(port.CallWithNull(cmd), Is.EqualTo(DeviceStatus.NoSuchOperation), $"cmd {cmd}");
    }

    [Test]
    public void ANegotiationReplacesTheOneBeforeWhole()
    {
        Negotiate(3, 6);
        Assert.That(_guest.Agreed, Is.EqualTo(new Agreement(3, 6)));
        Negotiate(1, 4);
        Assert.That(_guest.Agreed, Is.EqualTo(new Agreement(1, 4)));
        Negotiate(2);
        Assert.That(_guest.Agreed, Is.EqualTo(new Agreement(2, 0)));
    }

    [Test]
    public void ANegotiationThatFailsChangesNothing()
    {
        Negotiate(2, 6);
        Assert.That(_guest.Port.Call(DeviceOp.Negotiate, 0x0003_0002, 2), Is.EqualTo(DeviceStatus.NotSupported));
        Assert.That(_guest.Port.Call(DeviceOp.Negotiate, 0x0003_0001, 2, 1), Is.EqualTo(DeviceStatus.Invalid));
        Assert.That(_guest.Agreed, Is.EqualTo(new Agreement(2, 6)));
    }

    [Test]
    public void WhatOneGuestNegotiatesIsNoOthers()
    {
        Guest other = _later.AddGuest();
        Negotiate(3, 6);
        Assert.That(other.Agreed, Is.EqualTo(new Agreement(0, 0)));
    }

    [Test]
    public void NegotiatingAgainTakesNothingAway()
    {
        using World world = new(guests: 1);
        RawGuest guest = world.Guests[0];
        Assert.That(guest.Port.Call(DeviceOp.Map, 0x20_0000, 0, 0x1000, 3), Is.EqualTo(DeviceStatus.Ok));
        guest.TryGrab();
        StateWord owned = guest.Word;
        Assert.That(guest.Port.Call(DeviceOp.Negotiate, 1), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(guest.Word, Is.EqualTo(owned));
        Assert.That(guest.Guest.Iommu.TryTranslate(0x20_0000, 0x1000, DmaAccess.ReadWrite, out _));
    }

    [Test]
    public void AStopAndAResumeLeaveInForceWhatWas()
    {
        Negotiate(2, 6);
        _guest.Stop();
        _guest.Resume();
        Assert.That(_guest.Agreed, Is.EqualTo(new Agreement(2, 6)));
    }

    [Test]
    public void ARemovedGuestsAgreementGoesWithIt()
    {
        Negotiate(3, 6);
        _later.RemoveGuest(_guest);
        Guest next = _later.AddGuest();
        Assert.That((next.Id, next.Agreed), Is.EqualTo((_guest.Id, new Agreement(0, 0))));
    }

    [Test]
    public void EveryStartHasAnEpochOfItsOwnInBothPagesAndTheAnswer()
    {
        using ReferenceHypervisor next = new();
        Guest guest = next.AddGuest();
        NegotiateArgs args = new() { Major = VpioVersion.Major };
        Assert.That(new RawGuest(guest).Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        Assert.That((guest.Port.DevicePage.Header.Epoch, guest.Port.GuestPage.Header.Epoch), Is.EqualTo((args.Epoch, args.Epoch)));
        Assert.That(args.Epoch, Is.Not.EqualTo(Negotiate(0).Epoch));
    }

    private NegotiateArgs Negotiate(ushort minor, ulong features = 0)
    {
        NegotiateArgs args = new() { Major = VpioVersion.Major, Minor = minor, Features = features };
        Assert.That(new RawGuest(_guest).Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        return args;
    }

    private DeviceStatus CallLater()
    {
        DeviceOpArgument argument = default;
        return HypercallDoor.Pass<LaterOperation, CancelArgs>(_guest, ref argument);
    }

    private readonly struct LaterOperation : IOperation<CancelArgs>
    {
        public static ushort Since => 2;

        public static InputMask Inputs => new(InputMask.Half);

        public static DeviceStatus Execute(Guest caller, ref CancelArgs args) => DeviceStatus.Ok;
    }
}
