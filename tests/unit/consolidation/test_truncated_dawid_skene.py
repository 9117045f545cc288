from __future__ import annotations

import numpy as np
import pytest
from groundwork.consolidation.confusion_quality import ConfusionQuality, VotedImage, fit_image, leaning
from groundwork.consolidation.mask_grid import SIDE, MaskGrid, alike
from groundwork.consolidation.mask_smoothing import TILE, smooth
from groundwork.consolidation.vote_map import NoiseError, VoteMap


def crowd(random, workers, right_on_background, right_on_area):
    """Images whose workers miss and invent independently, without the cells that nobody marked."""
    cells = 500
    for _ in range(150):
        truth = random.random(cells) < 0.3
        said = np.where(
            truth[:, np.newaxis],
            random.random((cells, workers)) < right_on_area,
            random.random((cells, workers)) > right_on_background,
        )
        tuples, counts = np.unique(said.astype(np.int64), axis=0, return_counts=True)
        assert not tuples[0].any(), "somewhere nobody marks anything"
        names = tuple(f"w{number}" for number in range(workers))
        yield VotedImage(names, tuples[1:], counts[1:].astype(float), float(counts[0]))


@pytest.mark.parametrize("workers", [3, 5, 9])
def test_workers_look_as_good_as_they_are_however_few_they_are(workers):
    images = list(crowd(np.random.default_rng(3), workers, right_on_background=0.8, right_on_area=0.9))
    quality = ConfusionQuality.estimate(images, 2)
    matrices = quality.matrices(images[0].workers, (0, 1))
    assert matrices[:, 0, 0] == pytest.approx(0.8, abs=0.06)
    assert matrices[:, 1, 1] == pytest.approx(0.9, abs=0.06)


def test_more_background_than_there_is_is_not_imputed():
    image = VotedImage(("a", "b"), np.array([[1, 0], [0, 1], [1, 1]]), np.array([5.0, 5.0, 1.0]), 0.0)
    posterior = fit_image(image, 0.01 * np.stack([leaning(2)] * 2))
    assert np.isfinite(posterior).all()
    assert posterior.sum(axis=1) == pytest.approx(1.0)


def test_an_image_of_one_worker_tells_nothing_about_the_worker():
    image = VotedImage(("a",), np.array([[1]]), np.array([5.0]), 3.0)
    assert ConfusionQuality.estimate([image], 2) == ConfusionQuality.nothing_known(2)


def test_more_parameters_than_memory_holds_are_left_unestimated():
    many = tuple(f"w{number:03}" for number in range(200))
    image = VotedImage(many, np.ones((1, 200), np.int64), np.array([5.0]), 3.0)
    assert ConfusionQuality.estimate([image], 256).images == 0


def test_a_worker_never_seen_has_the_prior():
    assert ConfusionQuality.nothing_known(3).matrices(["new"], (0, 2))[0] == pytest.approx(leaning(2))


@pytest.mark.parametrize("shape", [(3, 5), (64, 64), (200, 90), (1, 1000)])
def test_a_grid_samples_the_middle_of_equal_cells(shape):
    mask = np.random.default_rng(1).integers(0, 4, shape).astype(np.uint8)
    sampled = MaskGrid.model_validate(MaskGrid.of(mask).model_dump(mode="json")).mask()
    height, width = (min(SIDE, side) for side in shape)
    assert sampled.shape == (height, width)
    row, column = height // 2, width // 3
    assert sampled[row, column] == mask[int((row + 0.5) * shape[0] / height), int((column + 0.5) * shape[1] / width)]


def test_grids_of_one_image_in_two_sizes_are_brought_together():
    masks = alike([MaskGrid.of(np.ones((2, 3), np.uint8)), MaskGrid.of(np.zeros((4, 6), np.uint8))])
    assert [mask.shape for mask in masks] == [(4, 6), (4, 6)]


def test_a_vote_map_holds_what_every_worker_said_of_every_pixel():
    random = np.random.default_rng(5)
    masks = [random.integers(0, 3, (40, 30)).astype(np.uint8) for _ in range(4)]
    votes = VoteMap.of(masks)
    assert (votes.tuples[votes.codes] == np.stack(masks, axis=2)).all()
    assert not votes.tuples[0].any()
    assert votes.tuples.tolist() == sorted(votes.tuples.tolist())
    assert votes.histogram().sum() == 1200


def test_a_mask_of_noise_is_left_out_and_the_map_stays():
    random = np.random.default_rng(5)
    votes = VoteMap.of([random.integers(0, 256, (600, 600)).astype(np.uint8) for _ in range(2)])
    before = votes.codes.copy()
    with pytest.raises(NoiseError):
        votes.add(random.integers(0, 256, (600, 600)).astype(np.uint8))
    assert (votes.codes == before).all()
    assert votes.tuples.shape[1] == 2


def test_smoothing_by_tiles_is_smoothing_of_the_whole(monkeypatch):
    random = np.random.default_rng(2)
    codes = np.kron(random.integers(0, 5, (9, 9)), np.ones((7, 7), int)).astype(np.int32)
    posterior = random.dirichlet([1, 1, 1], 5)
    whole = smooth(codes, posterior)
    monkeypatch.setattr("groundwork.consolidation.mask_smoothing.TILE", 8)
    tiled = smooth(codes, posterior)
    assert TILE > 63
    assert (tiled.mask == whole.mask).all()
    assert tiled.certainty == pytest.approx(whole.certainty, abs=1e-5)


def test_a_doubtful_speck_takes_the_class_around_it():
    codes = np.ones((9, 9), np.int32)
    codes[4, 4] = 2
    posterior = np.array([[1.0, 0.0], [0.05, 0.95], [0.6, 0.4]])
    assert smooth(codes, posterior).mask.tolist() == np.ones((9, 9), int).tolist()
    assert smooth(codes, posterior, sweeps=0).mask[4, 4] == 0
